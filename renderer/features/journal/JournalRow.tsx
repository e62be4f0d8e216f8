import {
  IconAlertTriangle,
  IconPhoneIncoming,
  IconPhoneOutgoing,
  IconPhoneX,
  IconPlayerPlay,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { JournalLine } from '#shared/contract/methods/journal.ts';
import { hrefOf } from '../../app/routes.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useDesk } from '../../store/desk.ts';
import { cx } from '../../ui/cx.ts';
import { DueMark } from '../../ui/DueMark.tsx';
import { leafText, pathText } from '../fields/pathSearch.ts';
import styles from './journal.module.css';
import { useResultWord } from './useResultWord.ts';

/** A call as a row: of the centre's journal, or one that this desk holds. */
export type ShownCall = Omit<JournalLine, 'id' | 'numberRaw' | 'recorded'> & {
  id?: string;
  recorded?: boolean;
};

/** What a row is known by in its list. */
export function rowIdOf({ id, callId, callRef }: ShownCall): string {
  return id ?? callId ?? callRef;
}

/** Customer's name, else the number, else that it was withheld. */
export function useCaller(): (entry: Pick<ShownCall, 'customerName' | 'numberDisplay'>) => string {
  const { t } = useTranslation('common');
  return (entry) => entry.customerName ?? (entry.numberDisplay || t('numberWithheld'));
}

/** Names of the administrator's lists, by id. */
export function useConfiguredNames() {
  const format = useFormat();
  const configuration = useDesk((desk) => desk.configuration);
  return {
    queue: (id: string | null) => {
      const queue = configuration?.queues.find((one) => one.id === id);
      return queue ? format.text(queue.name) : null;
    },
    disposition: (id: string, whole: boolean) => {
      const found = configuration?.dispositions.find((one) => one.id === id);
      if (!found) return id;
      return whole ? pathText(found, format.language) : leafText(found, format.language);
    },
  };
}

function CallIcon({ entry }: { entry: ShownCall }) {
  const { t } = useTranslation('journal');
  const resultWord = useResultWord();
  const lost = entry.result !== null && entry.result !== 'answered' && entry.result !== 'elsewhere';
  const words =
    entry.result !== null && entry.result !== 'answered' ? resultWord(entry.result) : null;
  const title = [t(`common:direction.${entry.direction}`), words].filter(Boolean).join(' · ');
  const size = 14;
  const icon = lost ? (
    <IconPhoneX size={size} aria-hidden="true" className={styles.missed} />
  ) : entry.direction === 'in' ? (
    <IconPhoneIncoming size={size} aria-hidden="true" />
  ) : (
    <IconPhoneOutgoing size={size} aria-hidden="true" />
  );
  return (
    <span title={title} className={styles.inCell}>
      {icon}
      <span className="for-readers">{title}</span>
    </span>
  );
}

function Conclusion({ entry }: { entry: ShownCall }) {
  const { t } = useTranslation(['journal', 'fields']);
  const names = useConfiguredNames();
  const resultWord = useResultWord();
  if (entry.wrapUp) {
    const { dispositionId, result } = entry.wrapUp;
    return (
      <span title={names.disposition(dispositionId, true)}>
        {names.disposition(dispositionId, false)}
        <span className="small"> · {t(`fields:results.${result}`)}</span>
      </span>
    );
  }
  if (entry.result === null) return <span className="small">{t('running')}</span>;
  if (entry.result !== 'answered') {
    return <span className="small">{resultWord(entry.result)}</span>;
  }
  // Only the PBX has told of it: the desk may yet bring what was concluded.
  if (entry.callId === null) return <span className="small">{resultWord(entry.result)}</span>;
  return (
    <span className={cx(styles.inCell, styles.open)}>
      <IconAlertTriangle size={14} aria-hidden="true" />
      {t('notWrappedUp')}
    </span>
  );
}

function FirstTicket({ entry }: { entry: ShownCall }) {
  const { t } = useTranslation(['journal', 'fields']);
  const [first, ...others] = entry.tickets;
  if (!first) return null;
  return (
    <span className={styles.inCell}>
      <a
        className="cut"
        href={hrefOf('tickets', first.id)}
        title={first.subject}
        onClick={(event) => event.stopPropagation()}
      >
        {first.no ?? t('common:numberFollows')}
      </a>
      {others.length > 0 ? (
        <span className="small">{t('moreTickets', { count: others.length })}</span>
      ) : null}
    </span>
  );
}

/** One call as a row: when, who, how long, what came of it, and what is still to do. */
export function JournalRow({
  entry,
  selected,
  withAgent,
  onSelect,
}: {
  entry: ShownCall;
  selected: boolean;
  withAgent: boolean;
  onSelect: () => void;
}) {
  const { t } = useTranslation('journal');
  const format = useFormat();
  const names = useConfiguredNames();
  const caller = useCaller()(entry);
  const { followUp } = entry;
  return (
    <tr
      id={`journal-row-${rowIdOf(entry)}`}
      data-row={rowIdOf(entry)}
      data-testid="journal-row"
      aria-selected={selected}
      onClick={onSelect}
    >
      <td>
        <span className={styles.inCell}>
          <CallIcon entry={entry} />
          {format.moment(entry.at)}
        </span>
      </td>
      {withAgent ? <td title={entry.agentName ?? undefined}>{entry.agentName}</td> : null}
      <td className="medium" title={`${caller} ${entry.numberDisplay}`}>
        {caller}
      </td>
      <td className={styles.wide}>{names.queue(entry.queueId)}</td>
      <td data-number>
        <span className={styles.talk}>
          {entry.recorded ? (
            <IconPlayerPlay size={12} aria-label={t('recorded')} className={styles.recorded} />
          ) : null}
          {entry.talkMs === null ? null : format.clock(entry.talkMs)}
        </span>
      </td>
      <td>
        <Conclusion entry={entry} />
      </td>
      <td>
        <FirstTicket entry={entry} />
      </td>
      <td className={styles.wide}>
        {followUp ? <DueMark dueAt={followUp.dueAt} done={followUp.state !== 'open'} /> : null}
      </td>
    </tr>
  );
}
