import { IconX } from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutputOf } from '#shared/contract/contract.ts';
import type { JournalLine } from '#shared/contract/methods/journal.ts';
import { useQuery } from '../../app/bridge.tsx';
import { goTo } from '../../app/routes.ts';
import { useFailureText } from '../../i18n/useFailureText.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useMayDo } from '../../store/desk.ts';
import { openCustomer } from '../../store/window.ts';
import { Button } from '../../ui/Button.tsx';
import { cx } from '../../ui/cx.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { DialNumber } from '../fields/DialNumber.tsx';
import { CallOutcome } from './CallOutcome.tsx';
import { CallTimeline } from './CallTimeline.tsx';
import { useCaller, useConfiguredNames } from './JournalRow.tsx';
import styles from './journal.module.css';
import { openJournal } from './journalFilter.ts';
import { RecordingPlayer } from './RecordingPlayer.tsx';
import { useResultWord } from './useResultWord.ts';

type Journey = OutputOf<'journal.journey'>;

function Facts({ part }: { part: JournalLine }) {
  const { t } = useTranslation(['journal', 'fields']);
  const format = useFormat();
  const names = useConfiguredNames();
  const nothing = t('detail.none');
  const clock = (ms: number | null | undefined) =>
    ms === null || ms === undefined ? nothing : format.clock(ms);
  const { numberDisplay, customerId } = part;
  const facts: [string, string, ReactNode?][] = [
    [
      t('detail.number'),
      numberDisplay || t('common:numberWithheld'),
      numberDisplay ? (
        <DialNumber key="number" number={numberDisplay} customerId={customerId} />
      ) : undefined,
    ],
    [t('detail.queue'), names.queue(part.queueId) ?? nothing],
    [t('detail.agent'), part.agentName ?? nothing],
    [t('detail.ended'), part.endedBy ? t(`endedBy.${part.endedBy}`) : nothing],
    [t('detail.waited'), clock(part.waitedMs)],
    [t('detail.talk'), clock(part.talkMs)],
    [t('detail.held'), part.heldMs > 0 ? clock(part.heldMs) : nothing],
    [t('detail.afterCall'), clock(part.wrapUp?.afterCallMs)],
    ...(part.transferredTo
      ? [[t('detail.transferredTo'), part.transferredTo] satisfies [string, string]]
      : []),
  ];
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value, shown = value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="cut" title={value}>
            {shown}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Which of several agents' parts of one call is looked at. */
function Parts({
  parts,
  chosen,
  onChoose,
}: {
  parts: readonly JournalLine[];
  chosen: JournalLine;
  onChoose: (part: JournalLine) => void;
}) {
  const { t } = useTranslation('journal');
  const format = useFormat();
  const names = useConfiguredNames();
  const resultWord = useResultWord();
  if (parts.length < 2) return null;
  return (
    <div className={styles.block}>
      <SectionHead title={t('detail.parts')} count={parts.length} />
      <ul className={styles.parts}>
        {parts.map((part) => (
          <li key={part.id}>
            <button type="button" aria-pressed={part === chosen} onClick={() => onChoose(part)}>
              <span>{format.time(part.at)}</span>
              <span className="cut grow">
                {part.agentName ?? names.queue(part.queueId) ?? t('detail.none')}
              </span>
              <span className="small">
                {part.result === null ? t('running') : resultWord(part.result)}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function CloseButton({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('journal');
  return (
    <IconButton
      label={t('detail.close')}
      icon={<IconX size={16} aria-hidden="true" />}
      onClick={onClose}
    />
  );
}

function Head({ part, onClose }: { part: JournalLine; onClose: () => void }) {
  const { t } = useTranslation('journal');
  const format = useFormat();
  const callerOf = useCaller();
  const { customerId, customerName } = part;
  return (
    <header className={styles.detailHead}>
      <div className="row">
        <span className="muted">
          {t(`common:direction.${part.direction}`)} · {format.day(part.at)} {format.time(part.at)}
        </span>
        <span className="grow" />
        <CloseButton onClose={onClose} />
      </div>
      <h2 className={styles.name}>{callerOf(part)}</h2>
      {customerId === null ? null : (
        <div className="row">
          <Button
            size="sm"
            data-testid="journal-open-customer"
            onClick={() => {
              openCustomer(customerId);
              goTo('desk');
            }}
          >
            {t('detail.openCustomer')}
          </Button>
          <Button
            size="sm"
            variant="ghost"
            onClick={() => openJournal({ customerId }, { period: 'quarter', customerName })}
          >
            {t('detail.callsOfCustomer')}
          </Button>
        </div>
      )}
    </header>
  );
}

function Body({
  journey,
  part,
  onChanged,
}: {
  journey: Journey;
  part: JournalLine;
  onChanged: () => void;
}) {
  const { t } = useTranslation('journal');
  const mayPlay = useMayDo('recordings.play');
  return (
    <>
      {journey.recorded && mayPlay ? <RecordingPlayer callRef={part.callRef} /> : null}
      <div className={styles.block}>
        <Facts part={part} />
      </div>
      <CallOutcome part={part} onChanged={onChanged} />
      <CallTimeline events={journey.events} />
      {journey.origin === 'desk' ? (
        <p className={cx('small', styles.block)}>{t('timeline.atCentre')}</p>
      ) : null}
    </>
  );
}

/** One call beside the list: every agent's part of it, what happened when, what came of it. */
export function JournalDetail({
  callRef,
  callId,
  mark = '',
  onClose,
}: {
  callRef: string;
  /** The part to begin with; null: the first that was answered. */
  callId: string | null;
  /** Another word when the list shows something new of the call. */
  mark?: string;
  onClose: () => void;
}) {
  const { t } = useTranslation('journal');
  const failureText = useFailureText();
  const answer = useQuery('journal.journey', { callRef });
  const [chosenId, setChosenId] = useState(callId);
  const { reload } = answer;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another mark stands for news of the call
  useEffect(() => reload(), [mark, reload]);
  const parts = answer.data?.parts ?? [];
  const part =
    parts.find((one) => one.id === chosenId) ??
    parts.find(({ result }) => result === 'answered') ??
    parts[0];
  return (
    <section className={styles.detail} aria-label={t('detail.region')} data-testid="journal-detail">
      {part ? (
        <Head part={part} onClose={onClose} />
      ) : (
        <header className={styles.detailHead}>
          <div className="row">
            <span className="grow" />
            <CloseButton onClose={onClose} />
          </div>
        </header>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by key */}
      <div className={cx('scroll', styles.detailBody)} tabIndex={0}>
        {answer.loading ? <Skeleton widths={[60, 40, 70]} /> : null}
        {answer.failure ? (
          <p className={cx('tone-error', styles.block)} role="alert">
            {failureText(answer.failure)}
          </p>
        ) : null}
        {answer.data && part ? (
          <>
            <Parts parts={parts} chosen={part} onChoose={({ id }) => setChosenId(id)} />
            <Body key={part.id} journey={answer.data} part={part} onChanged={reload} />
          </>
        ) : null}
        {answer.data && !part ? <CallTimeline events={answer.data.events} /> : null}
      </div>
    </section>
  );
}
