import { IconArrowUp, IconCloudUp, IconRefresh, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { TicketView } from '#shared/contract/models/records.ts';
import { hrefOf } from '../../app/routes.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Pill } from '../../ui/Pill.tsx';
import { PriorityBars } from '../fields/PriorityBars.tsx';
import { LimitMark } from '../serviceLevels/LimitMark.tsx';
import styles from './ticketPage.module.css';

/** Number, state, priority, what it is about, and until when. */
export function DetailHead({
  ticket,
  onCustomer,
  onClose,
}: {
  ticket: TicketView;
  onCustomer: () => void;
  onClose: () => void;
}) {
  const { t } = useTranslation(['ticketPage', 'tickets', 'fields', 'customer', 'common']);
  const { customerId, customerName, escalation, reopened } = ticket;
  return (
    <header className={styles.head}>
      <div className={styles.headLine}>
        <a className="muted" href={hrefOf('tickets', ticket.id)} data-testid="ticket-no">
          {ticket.no ?? t('common:numberFollows')}
        </a>
        <Pill icon={<PriorityBars priority={ticket.priority} />}>
          {t(`fields:priorities.${ticket.priority}`)}
        </Pill>
        <Pill tone="outline">{t(`fields:ticketTypes.${ticket.type}`)}</Pill>
        {escalation > 0 ? (
          <Pill tone="error" icon={<IconArrowUp size={14} aria-hidden="true" />}>
            {t('escalated', { count: escalation })}
          </Pill>
        ) : null}
        {reopened > 0 ? (
          <Pill tone="warn" icon={<IconRefresh size={14} aria-hidden="true" />}>
            {t('reopened', { count: reopened })}
          </Pill>
        ) : null}
        {ticket.waiting ? (
          <Pill tone="warn" icon={<IconCloudUp size={14} aria-hidden="true" />}>
            {t('common:notSent')}
          </Pill>
        ) : null}
        <span className="grow" />
        <IconButton
          label={t('tickets:close')}
          icon={<IconX size={16} aria-hidden="true" />}
          onClick={onClose}
        />
      </div>
      <h2 className={styles.subject} dir="auto">
        {ticket.subject}
      </h2>
      <div className={styles.headLine}>
        {customerId !== null && customerName !== null ? (
          <Button size="sm" data-testid="ticket-customer" onClick={onCustomer}>
            {customerName}
          </Button>
        ) : (
          <span className="small">{t('tickets:noCustomer')}</span>
        )}
        <span data-testid="ticket-state" data-state={ticket.state}>
          <Pill tone="accent">{t(`customer:ticketState.${ticket.state}`)}</Pill>
        </span>
        <LimitMark ticket={ticket} />
      </div>
    </header>
  );
}
