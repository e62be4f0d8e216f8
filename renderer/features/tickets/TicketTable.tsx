import { IconCloudUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { TicketView } from '#shared/contract/models.ts';
import { isOpen } from '#shared/domain/ticket.ts';
import { cx } from '../../ui/cx.ts';
import { DueMark } from '../../ui/DueMark.tsx';
import { PriorityBars } from '../fields/PriorityBars.tsx';
import { SkeletonRows } from './ListStates.tsx';
import { useRowKeys } from './rowKeys.ts';
import styles from './tickets.module.css';

function TicketRow({
  ticket,
  selected,
  onOpen,
}: {
  ticket: TicketView;
  selected: boolean;
  onOpen: () => void;
}) {
  const { t } = useTranslation(['tickets', 'fields']);
  const open = isOpen(ticket.state);
  return (
    <tr
      id={`ticket-row-${ticket.id}`}
      data-row={ticket.id}
      data-testid="ticket-row"
      aria-selected={selected}
      onClick={onOpen}
    >
      <td>
        <PriorityBars priority={ticket.priority} />
      </td>
      <td>
        {ticket.no ?? (
          <span className={styles.waiting} title={t('common:notSent')}>
            <IconCloudUp size={14} aria-hidden="true" />
            {t('common:numberFollows')}
          </span>
        )}
      </td>
      <td className={open ? 'medium' : 'muted'} title={ticket.subject}>
        {ticket.subject}
      </td>
      <td title={ticket.customerName ?? undefined}>{ticket.customerName ?? t('noCustomer')}</td>
      <td>{t(`customer:ticketState.${ticket.state}`)}</td>
      <td>
        {ticket.dueAt === null ? (
          <span className="small">{t('fields:noDate')}</span>
        ) : (
          <DueMark dueAt={ticket.dueAt} done={!open} />
        )}
      </td>
    </tr>
  );
}

/** Tickets in the order they are given; one of them is chosen. `tickets` null: still on their way. */
export function TicketTable({
  tickets,
  selectedId,
  onSelect,
  onOpen,
}: {
  tickets: readonly TicketView[] | null;
  selectedId: string | null;
  onSelect: (id: string) => void;
  onOpen: () => void;
}) {
  const { t } = useTranslation('tickets');
  const ids = tickets?.map((ticket) => ticket.id) ?? [];
  const { listRef, onKeyDown } = useRowKeys(ids, selectedId, onSelect, onOpen);
  return (
    <div ref={listRef} className={cx('scroll', styles.rows)}>
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose rows are chosen by key is a grid
        role="grid"
        tabIndex={0}
        aria-label={t('region')}
        aria-rowcount={ids.length}
        aria-activedescendant={selectedId === null ? undefined : `ticket-row-${selectedId}`}
        className={styles.table}
        data-testid="ticket-list"
        onKeyDown={onKeyDown}
      >
        <colgroup>
          <col className={styles.cPriority} />
          <col className={styles.cNo} />
          <col />
          <col className={styles.cCustomer} />
          <col className={styles.cState} />
          <col className={styles.cTime} />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">
              <span className="for-readers">{t('columns.priority')}</span>
            </th>
            <th scope="col">{t('columns.no')}</th>
            <th scope="col">{t('columns.subject')}</th>
            <th scope="col">{t('columns.customer')}</th>
            <th scope="col">{t('columns.state')}</th>
            <th scope="col">{t('columns.timeLeft')}</th>
          </tr>
        </thead>
        <tbody>
          {tickets === null ? (
            <SkeletonRows columns={6} />
          ) : (
            tickets.map((ticket) => (
              <TicketRow
                key={ticket.id}
                ticket={ticket}
                selected={ticket.id === selectedId}
                onOpen={() => onSelect(ticket.id)}
              />
            ))
          )}
        </tbody>
      </table>
    </div>
  );
}
