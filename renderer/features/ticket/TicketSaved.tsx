import { IconCheck } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketView } from '#shared/contract/models/records.ts';
import { useQuery } from '../../app/bridge.tsx';
import { Button } from '../../ui/Button.tsx';
import styles from './ticket.module.css';

/** The stored ticket with its number to tell the customer, as soon as the server has given one. */
export function TicketSaved({
  ticket,
  onClose,
  onAnother,
}: {
  ticket: TicketView;
  onClose: () => void;
  onAnother: () => void;
}) {
  const { t } = useTranslation('ticket');
  const { data } = useQuery('tickets.get', { ticketId: ticket.id }, ['ticket']);
  const { no } = data?.ticket ?? ticket;
  const close = useRef<HTMLButtonElement>(null);
  useEffect(() => close.current?.focus(), []);
  return (
    <section className={styles.saved} data-testid="ticket-saved" aria-live="polite">
      <span className={styles.savedIcon}>
        <IconCheck size={20} aria-hidden="true" />
      </span>
      <h2 className={styles.savedNo} data-testid="ticket-saved-title">
        {no === null ? t('saved.titleWaiting') : t('saved.title', { no })}
      </h2>
      <p className="cut muted" title={ticket.subject}>
        {ticket.subject}
      </p>
      <p className={`small ${styles.savedText}`}>
        {/* The server may have taken it before its number is back: both lines go by the number. */}
        {no === null ? t('saved.waiting') : t('saved.known')}
      </p>
      <span className={styles.savedActions}>
        <Button ref={close} variant="solid" data-testid="ticket-close" onClick={onClose}>
          {t('close')}
        </Button>
        <Button onClick={onAnother}>{t('another')}</Button>
      </span>
    </section>
  );
}
