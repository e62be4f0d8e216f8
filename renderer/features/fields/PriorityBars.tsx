import { useTranslation } from 'react-i18next';
import type { TicketPriority } from '#shared/domain/tickets/ticket.ts';
import styles from './fields.module.css';

/** Priority as one to three bars; the word stands in the title and for screen readers. */
export function PriorityBars({ priority }: { priority: TicketPriority }) {
  const { t } = useTranslation('fields');
  return <NamedPriorityBars priority={priority} word={t(`priorities.${priority}`)} />;
}

/** As `PriorityBars`, for whoever has the word at hand. */
export function NamedPriorityBars({ priority, word }: { priority: TicketPriority; word: string }) {
  return (
    <span className={styles.bars} data-priority={priority} title={word}>
      <i />
      <i />
      <i />
      <span className="for-readers">{word}</span>
    </span>
  );
}
