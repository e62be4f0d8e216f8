import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { ValueClass } from '#shared/domain/serviceLevels/serviceLevels.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { usePart } from '../../store/desk.ts';
import { deskNow } from '../../ui/clock.ts';
import styles from '../fields/fields.module.css';
import { WhenField } from '../fields/WhenField.tsx';
import { defaultDueAt, type TicketFields } from './ticketFields.ts';

/** When a new ticket is due; where nothing is typed, it says what the service levels make of it. */
export function DueField({
  ticket,
  customerClass,
  onChange,
  inputRef,
}: {
  ticket: TicketFields;
  customerClass: ValueClass | null;
  onChange: (dueText: string) => void;
  inputRef: RefObject<HTMLInputElement | null>;
}) {
  const { t } = useTranslation('ticket');
  const format = useFormat();
  const dueAt = defaultDueAt(ticket, deskNow(), usePart('serviceLevels'), customerClass);
  return (
    <WhenField
      className={styles.c3}
      label={t('due')}
      placeholder={t('duePlaceholder')}
      hint={t('dueDefault', { time: `${format.day(dueAt)} ${format.time(dueAt)}` })}
      text={ticket.dueText}
      onChange={onChange}
      inputRef={inputRef}
      testId="ticket-due"
    />
  );
}
