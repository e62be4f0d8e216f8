import { IconTicket, IconUnlink } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useQuery } from '../../app/bridge.tsx';
import { hrefOf } from '../../app/routes.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { Pill } from '../../ui/Pill.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { LimitMark } from '../serviceLevels/LimitMark.tsx';
import styles from './wrapUp.module.css';

function LinkedTicket({ ticketId, onUnlink }: { ticketId: string; onUnlink: (() => void) | null }) {
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
      <LimitMark ticket={ticket} />
      {onUnlink ? (
        <IconButton
          label={t('unlink')}
          icon={<IconUnlink size={14} aria-hidden="true" />}
          onClick={onUnlink}
        />
      ) : null}
    </li>
  );
}

/** Tickets of the call and those linked by hand, with their numbers once the server has given them. */
export function LinkedTickets({
  ticketIds,
  linked,
  onUnlink,
}: {
  ticketIds: readonly string[];
  /** Those of them that can be taken off again. */
  linked: readonly string[];
  onUnlink: (ticketId: string) => void;
}) {
  const { t } = useTranslation('wrapUp');
  if (ticketIds.length === 0) return <p className="small">{t('ticketsNone')}</p>;
  return (
    <ul className={styles.tickets} data-testid="wrap-up-tickets">
      {[...new Set(ticketIds)].map((id) => (
        <LinkedTicket
          key={id}
          ticketId={id}
          onUnlink={linked.includes(id) ? () => onUnlink(id) : null}
        />
      ))}
    </ul>
  );
}
