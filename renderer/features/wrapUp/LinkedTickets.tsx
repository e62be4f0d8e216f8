import { IconTicket } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { isOpen } from '#shared/domain/ticket.ts';
import { useQuery } from '../../app/bridge.tsx';
import { hrefOf } from '../../app/routes.ts';
import { DueMark } from '../../ui/DueMark.tsx';
import { Pill } from '../../ui/Pill.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import styles from './wrapUp.module.css';

function LinkedTicket({ ticketId }: { ticketId: string }) {
  const { t } = useTranslation(['wrapUp', 'fields']);
  const { data, failure } = useQuery('tickets.get', { ticketId }, ['ticket']);
  if (failure) return <li className={styles.ticket}>{t('ticketUnread')}</li>;
  if (!data) {
    return (
      <li className={styles.ticket}>
        <Skeleton widths={[60]} />
      </li>
    );
  }
  const { ticket } = data;
  return (
    <li className={styles.ticket}>
      <a href={hrefOf('tickets', ticketId)}>
        <Pill tone="accent" icon={<IconTicket size={14} aria-hidden="true" />}>
          {ticket.no ?? t('common:numberFollows')}
        </Pill>
      </a>
      <span className="cut grow" title={ticket.subject}>
        {ticket.subject}
      </span>
      {ticket.dueAt === null ? null : <DueMark dueAt={ticket.dueAt} done={!isOpen(ticket.state)} />}
    </li>
  );
}

/** Tickets opened on the call, with their numbers once the server has given them. */
export function LinkedTickets({ ticketIds }: { ticketIds: readonly string[] }) {
  const { t } = useTranslation('wrapUp');
  if (ticketIds.length === 0) return <p className="small">{t('ticketsNone')}</p>;
  return (
    <ul data-testid="wrap-up-tickets">
      {ticketIds.map((id) => (
        <LinkedTicket key={id} ticketId={id} />
      ))}
    </ul>
  );
}
