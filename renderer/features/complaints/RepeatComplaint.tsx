import { IconRepeat } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { TicketType } from '#shared/domain/tickets/ticket.ts';
import { useQuery } from '../../app/bridge.tsx';
import { goTo } from '../../app/routes.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './complaints.module.css';

/** While a complaint is being written: the one that it repeats, to be gone on with instead. */
export function RepeatComplaint({
  type,
  customerId,
  categoryId,
  ticketId = null,
}: {
  type: TicketType | null;
  customerId: string | null;
  categoryId: string | null;
  /** The ticket that is being written, where it is there already. */
  ticketId?: string | null;
}) {
  const { t } = useTranslation('complaints');
  const format = useFormat();
  const isAsked = type === 'complaint' && customerId !== null && categoryId !== null;
  const wish = isAsked ? { customerId, categoryId, exceptTicketId: ticketId } : null;
  const { data } = useQuery('complaints.repeats', wish, ['complaint', 'ticket']);
  const found = data?.open ?? data?.closed ?? null;
  if (!isAsked || !data || !found) return null;
  const isOpen = data.open !== null;
  return (
    <div className={styles.repeat} role="status" data-testid="repeat-complaint">
      <p className={styles.actions}>
        <IconRepeat size={16} aria-hidden="true" />
        <span className="grow">
          {t(isOpen ? 'repeat.open' : 'repeat.closed', { days: data.days })}
        </span>
        <Button size="sm" onClick={() => goTo('tickets', found.ticketId)}>
          {t('repeat.show')}
        </Button>
      </p>
      <p className="small cut" title={found.subject}>
        {[
          found.no ?? t('common:numberFollows'),
          found.subject,
          format.moment(found.createdAt),
        ].join(' · ')}
      </p>
    </div>
  );
}
