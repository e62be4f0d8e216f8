import {
  IconAlertTriangle,
  IconClock,
  IconCloudUp,
  IconEye,
  IconGitFork,
  IconGitMerge,
  IconLink,
  IconLock,
  IconMail,
  IconMessage2,
  IconPaperclip,
  IconPencil,
  IconTicket,
} from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketPage } from '#shared/contract/methods/tickets.ts';
import { useQuery } from '../../app/bridge.tsx';
import { useFormat } from '../../i18n/useFormat.ts';
import { useDesk } from '../../store/desk.ts';
import { Pill } from '../../ui/Pill.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { pathText } from '../fields/pathSearch.ts';
import { eventDetail, type HistoryEvent, type Names } from './historyText.ts';
import { stepIcons } from './steps.ts';
import styles from './ticketPage.module.css';

const icons: Record<HistoryEvent['name'], typeof IconTicket> = {
  'ticket.created': IconTicket,
  'ticket.noted': IconMessage2,
  'ticket.assigned': stepIcons.assign,
  'ticket.resolved': stepIcons.resolve,
  'ticket.closed': IconLock,
  'ticket.acknowledged': stepIcons.acknowledge,
  'ticket.returned': stepIcons.return,
  'ticket.started': stepIcons.start,
  'ticket.waiting': stepIcons.wait,
  'ticket.resumed': stepIcons.resume,
  'ticket.visited': stepIcons.visit,
  'ticket.reopened': stepIcons.reopen,
  'ticket.escalated': stepIcons.escalate,
  'ticket.replied': IconMail,
  'ticket.changed': IconPencil,
  'ticket.merged': IconGitMerge,
  'ticket.split': IconGitFork,
  'ticket.related': IconLink,
  'ticket.watched': IconEye,
  'ticket.attached': IconPaperclip,
  'ticket.warned': IconClock,
  'ticket.breached': IconAlertTriangle,
};

function useNames(): Names {
  const format = useFormat();
  const { data: takers } = useQuery('tickets.takers', {}, ['user']);
  const categories = useDesk((desk) => desk.configuration?.ticketCategories);
  return useMemo(
    () => ({
      owner: (id) => takers?.find((one) => one.id === id)?.name ?? '…',
      category(id) {
        const found = categories?.find((one) => one.id === id);
        return found ? pathText(found, format.language) : id;
      },
      time: (ms) => format.moment(ms),
    }),
    [takers, categories, format],
  );
}

function Entry({
  event,
  ofOther,
  names,
}: {
  event: HistoryEvent;
  ofOther: string | null;
  names: Names;
}) {
  const { t } = useTranslation(['tickets', 'ticketPage', 'fields', 'common']);
  const format = useFormat();
  const Icon = icons[event.name];
  const isReply = event.name === 'ticket.replied';
  const isNote = event.name === 'ticket.noted';
  return (
    <li
      data-testid="ticket-event"
      data-name={event.name}
      className={isReply ? styles.reply : isNote ? styles.note : undefined}
    >
      <time dateTime={new Date(event.at).toISOString()}>{format.moment(event.at)}</time>
      <Icon size={16} aria-hidden="true" />
      <div className={styles.entry}>
        <p className={styles.entryHead}>
          <span className="medium">{t(`events.${event.name}`)}</span>
          <span className="small">{event.byName}</span>
          {isReply ? <Pill tone="accent">{t('ticketPage:visible')}</Pill> : null}
          {isNote ? <Pill tone="outline">{t('ticketPage:internal')}</Pill> : null}
          {ofOther === null ? null : <Pill tone="outline">{ofOther}</Pill>}
          {event.waiting ? (
            <span className={styles.unsent}>
              <IconCloudUp size={14} aria-hidden="true" />
              {t('common:notSent')}
            </span>
          ) : null}
        </p>
        {eventDetail(event, t, names).map((line) => (
          <p key={line} className="small">
            {line}
          </p>
        ))}
        {event.note ? (
          <p className={styles.words} dir="auto">
            {event.note}
          </p>
        ) : null}
      </div>
    </li>
  );
}

/** Every step, note and reply, the newest first; those of merged tickets among them. */
export function History({ page }: { page: TicketPage }) {
  const { t } = useTranslation(['ticketPage', 'common']);
  const names = useNames();
  const events = useMemo(
    () =>
      [...page.events, ...page.mergedEvents].toSorted((a, b) =>
        a.at === b.at ? (a.id < b.id ? 1 : -1) : b.at - a.at,
      ),
    [page.events, page.mergedEvents],
  );
  const partNamed = (ticketId: string) => {
    if (ticketId === page.ticket.id) return null;
    const part = page.merged.find(({ id }) => id === ticketId);
    return part?.no ?? t('common:numberFollows');
  };
  return (
    <section className={styles.block} aria-label={t('history.title')}>
      <SectionHead title={t('history.title')} count={events.length} />
      <ul className={styles.history} data-testid="ticket-history">
        {events.map((event) => (
          <Entry key={event.id} event={event} ofOther={partNamed(event.ticketId)} names={names} />
        ))}
      </ul>
    </section>
  );
}
