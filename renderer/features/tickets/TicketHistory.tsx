import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconArrowUp,
  IconCheck,
  IconCircleCheck,
  IconClock,
  IconCloudUp,
  IconEye,
  IconGitFork,
  IconGitMerge,
  IconHourglass,
  IconLink,
  IconLock,
  IconMail,
  IconMessage2,
  IconPaperclip,
  IconPencil,
  IconPhoneCall,
  IconPlayerPlay,
  IconRefresh,
  IconTicket,
  IconUserCheck,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { TicketDetail } from '#shared/contract/models.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { SectionHead } from '../../ui/SectionHead.tsx';
import styles from './tickets.module.css';

const icons: Record<HistoryEvent['name'], typeof IconTicket> = {
  'ticket.created': IconTicket,
  'ticket.noted': IconMessage2,
  'ticket.assigned': IconUserCheck,
  'ticket.resolved': IconCircleCheck,
  'ticket.closed': IconLock,
  'ticket.acknowledged': IconCheck,
  'ticket.returned': IconArrowBackUp,
  'ticket.started': IconPlayerPlay,
  'ticket.waiting': IconHourglass,
  'ticket.resumed': IconPlayerPlay,
  'ticket.visited': IconPhoneCall,
  'ticket.reopened': IconRefresh,
  'ticket.escalated': IconArrowUp,
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

type HistoryEvent = TicketDetail['events'][number];

function HistoryRow({ event }: { event: HistoryEvent }) {
  const { t } = useTranslation('tickets');
  const format = useFormat();
  const Icon = icons[event.name];
  return (
    <li data-testid="ticket-event">
      <time dateTime={new Date(event.at).toISOString()}>{format.moment(event.at)}</time>
      <Icon size={16} aria-hidden="true" />
      <div>
        <div className="row">
          <span className={event.note ? 'grow' : undefined}>
            {event.note ? (
              <span className={styles.noteText}>{event.note}</span>
            ) : (
              t(`events.${event.name}`)
            )}
          </span>
        </div>
        <div className="row small">
          {event.note ? `${t(`events.${event.name}`)} · ` : null}
          {event.byName}
          {event.waiting ? (
            <span className={styles.waiting}>
              <IconCloudUp size={14} aria-hidden="true" />
              {t('common:notSent')}
            </span>
          ) : null}
        </div>
      </div>
    </li>
  );
}

/** Every step of the ticket, the newest first; steps the server does not have yet are marked. */
export function TicketHistory({ events }: { events: readonly HistoryEvent[] }) {
  const { t } = useTranslation('tickets');
  const newestFirst = events.toSorted((a, b) => b.at - a.at);
  return (
    <div className={styles.block}>
      <SectionHead title={t('history')} count={events.length} />
      <ul className={styles.history} data-testid="ticket-history">
        {newestFirst.map((event) => (
          <HistoryRow key={event.id} event={event} />
        ))}
      </ul>
    </div>
  );
}
