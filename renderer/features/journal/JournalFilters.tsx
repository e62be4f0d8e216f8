import { IconPlayerPlay, IconSearch, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { journalResults } from '#shared/sync/journal.ts';
import { useQuery } from '../../app/bridge.tsx';
import { useFormat } from '../../i18n/useFormat.ts';
import { usePastQueues } from '../../i18n/useQueueChoices.ts';
import { useDesk, useMayDo } from '../../store/desk.ts';
import { Button } from '../../ui/Button.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { deskNow } from '../../ui/clock.ts';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { DayField } from '../fields/DayField.tsx';
import { pairOfDays } from '../fields/dayText.ts';
import { pathText } from '../fields/pathSearch.ts';
import styles from './journal.module.css';
import {
  type JournalPeriod,
  type JournalWish,
  journalPeriods,
  narrowedCount,
  talkLengths,
  usualWish,
  withPeriod,
} from './journalFilter.ts';
import { useResultWord } from './useResultWord.ts';

interface FilterProps {
  wish: JournalWish;
  onChange: (wish: JournalWish) => void;
}

const any = '';

/** Which days; own ones are typed. */
export function PeriodFields({ wish, onChange }: FilterProps) {
  const { t } = useTranslation('journal');
  const format = useFormat();
  if (wish.span) {
    return (
      <Chip
        icon={<IconX size={12} aria-hidden="true" />}
        onClick={() => onChange({ ...wish, span: null })}
      >
        {`${format.moment(wish.span.from)} – ${format.moment(wish.span.to)}`}
      </Chip>
    );
  }
  return (
    <>
      <Select
        aria-label={t('filter.period')}
        data-testid="journal-period"
        value={wish.period}
        options={journalPeriods.map((value) => ({ value, label: t(`period.${value}`) }))}
        onChoose={(period: JournalPeriod) => onChange(withPeriod(wish, period, deskNow()))}
      />
      {wish.period === 'own'
        ? (['first', 'last'] as const).map((end) => (
            <DayField
              key={end}
              needed
              aria-label={t(end === 'first' ? 'filter.firstDay' : 'filter.lastDay')}
              value={end === 'first' ? wish.firstDay : wish.lastDay}
              onChange={(day) => {
                const typed = { first: wish.firstDay, last: wish.lastDay, [end]: day };
                const { first, last } = pairOfDays(typed, end);
                onChange({ ...wish, firstDay: first, lastDay: last });
              }}
            />
          ))
        : null}
    </>
  );
}

/** What narrows the calls down. */
export function JournalFilters({ wish, onChange }: FilterProps) {
  const { t } = useTranslation('journal');
  const format = useFormat();
  const resultWord = useResultWord();
  const queues = usePastQueues();
  const configuration = useDesk((desk) => desk.configuration);
  const mayPlay = useMayDo('recordings.play');
  const { narrowed } = wish;
  const change = (parts: Partial<JournalWish['narrowed']>) =>
    onChange({ ...wish, narrowed: { ...narrowed, ...parts } });
  return (
    <>
      <TextField
        type="search"
        inputMode="tel"
        aria-label={t('filter.number')}
        placeholder={t('filter.number')}
        data-testid="journal-number"
        frameClassName={styles.search}
        lead={<IconSearch size={14} aria-hidden="true" />}
        maxLength={40}
        value={narrowed.number}
        onChange={(event) => change({ number: event.currentTarget.value })}
      />
      <Select
        aria-label={t('columns.queue')}
        data-testid="journal-queue"
        value={narrowed.queueId ?? any}
        options={[
          { value: any, label: t('filter.anyQueue') },
          ...queues.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChoose={(queueId) => change({ queueId: queueId || null })}
      />
      <AgentSelect agentId={narrowed.agentId} onChoose={(agentId) => change({ agentId })} />
      <Select
        aria-label={t('filter.direction')}
        value={narrowed.direction ?? any}
        options={[
          { value: any, label: t('filter.anyDirection') },
          { value: 'in', label: t('common:direction.in') },
          { value: 'out', label: t('common:direction.out') },
        ]}
        onChoose={(direction) => change({ direction: direction || null })}
      />
      <Select
        aria-label={t('filter.result')}
        data-testid="journal-result"
        value={narrowed.result ?? any}
        options={[
          { value: any, label: t('filter.anyResult') },
          ...journalResults.map((value) => ({ value, label: resultWord(value) })),
        ]}
        onChoose={(result) => change({ result: result || null })}
      />
      <Select
        aria-label={t('columns.conclusion')}
        className={styles.choice}
        value={narrowed.dispositionIds[0] ?? any}
        options={[
          { value: any, label: t('filter.anyDisposition') },
          ...(configuration?.dispositions ?? []).map((item) => ({
            value: item.id,
            label: pathText(item, format.language),
          })),
        ]}
        onChoose={(id) => change({ dispositionIds: id ? [id] : [] })}
      />
      <Select
        aria-label={t('filter.talk')}
        value={wish.talk}
        options={(Object.keys(talkLengths) as (keyof typeof talkLengths)[]).map((value) => ({
          value,
          label: t(`talk.${value}`),
        }))}
        onChoose={(talk) => onChange({ ...wish, talk })}
      />
      {mayPlay ? (
        <Chip
          pressed={narrowed.recorded}
          icon={<IconPlayerPlay size={12} aria-hidden="true" />}
          onClick={() => change({ recorded: !narrowed.recorded })}
        >
          {t('filter.recorded')}
        </Chip>
      ) : null}
      <Taken wish={wish} onChange={onChange} />
      {narrowedCount(wish) > 0 ? (
        <Button
          size="sm"
          variant="ghost"
          data-testid="journal-clear"
          onClick={() =>
            onChange({ ...wish, talk: 'any', customerName: null, narrowed: usualWish.narrowed })
          }
        >
          {t('filter.clear')}
        </Button>
      ) : null}
    </>
  );
}

/** What is asked for by a link from elsewhere, and can only be taken off here. */
function Taken({ wish, onChange }: FilterProps) {
  const { t } = useTranslation('journal');
  const { narrowed } = wish;
  const off = (parts: Partial<JournalWish['narrowed']>) =>
    onChange({ ...wish, narrowed: { ...narrowed, ...parts } });
  return (
    <>
      {narrowed.customerId ? (
        <Chip
          pressed
          icon={<IconX size={12} aria-hidden="true" />}
          onClick={() => off({ customerId: null })}
        >
          {t('filter.ofCustomer', { name: wish.customerName ?? '' })}
        </Chip>
      ) : null}
      {narrowed.callRefs.length > 0 ? (
        <Chip
          pressed
          icon={<IconX size={12} aria-hidden="true" />}
          onClick={() => off({ callRefs: [] })}
        >
          {t('filter.chosenCalls', { count: narrowed.callRefs.length })}
        </Chip>
      ) : null}
    </>
  );
}

function AgentSelect({
  agentId,
  onChoose,
}: {
  agentId: string | null;
  onChoose: (agentId: string | null) => void;
}) {
  const { t } = useTranslation('journal');
  const mayWatch = useMayDo('team.watch');
  const ownId = useDesk((desk) => desk.session.user?.id ?? null);
  const team = useQuery('team.view', mayWatch ? {} : null, ['user']);
  if (!mayWatch) return null;
  const people = (team.data?.agents ?? []).filter(({ userId }) => userId !== ownId);
  return (
    <Select
      aria-label={t('columns.agent')}
      className={styles.choice}
      data-testid="journal-agent"
      value={agentId ?? any}
      options={[
        { value: any, label: t('filter.anyAgent') },
        ...(ownId === null ? [] : [{ value: ownId, label: t('whose.mine') }]),
        ...people.map(({ userId, name }) => ({ value: userId, label: name })),
      ]}
      onChoose={(id) => onChoose(id || null)}
    />
  );
}
