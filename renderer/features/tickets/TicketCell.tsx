import { IconCloudUp } from '@tabler/icons-react';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketColumn, TicketRow } from '#shared/contract/methods/ticketLists.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useTeamName } from '../../i18n/useTeamName.ts';
import { useDesk } from '../../store/desk.ts';
import { ClassBadge } from '../../ui/ClassBadge.tsx';
import { NamedPriorityBars } from '../fields/PriorityBars.tsx';
import { pathText } from '../fields/pathSearch.ts';
import { LimitMark } from '../serviceLevels/LimitMark.tsx';
import styles from './tickets.module.css';

/** Text of a cell; the same function until language or configuration change. */
export type CellText = (ticket: TicketRow, column: TicketColumn) => string;

/** What a column shows of a ticket. */
export function TicketCell({
  ticket,
  column,
  textOf,
}: {
  ticket: TicketRow;
  column: TicketColumn;
  textOf: CellText;
}) {
  switch (column) {
    case 'priority':
      return <NamedPriorityBars priority={ticket.priority} word={textOf(ticket, column)} />;
    case 'no':
      return <TicketNo no={ticket.no} />;
    case 'dueAt':
      return <LimitMark ticket={ticket} />;
    case 'class':
      return ticket.customerClass ? <ClassBadge valueClass={ticket.customerClass} /> : null;
    default:
      return <TextCell text={textOf(ticket, column)} absent={isAbsent(ticket, column)} />;
  }
}

function isAbsent(ticket: TicketRow, column: TicketColumn): boolean {
  return column === 'customer' && ticket.customerName === null;
}

function TicketNo({ no }: { no: string | null }) {
  const { t } = useTranslation('common');
  if (no !== null) return no;
  return (
    <span className={styles.waiting} title={t('notSent')}>
      <IconCloudUp size={14} aria-hidden="true" />
      {t('numberFollows')}
    </span>
  );
}

function TextCell({ text, absent }: { text: string; absent: boolean }) {
  return (
    <span className={absent ? 'small' : undefined} title={text}>
      {text}
    </span>
  );
}

/** Asked for once by the grid: a list has hundreds of cells. */
export function useCellText(): CellText {
  const { t } = useTranslation(['tickets', 'fields', 'customer']);
  const format = useFormat();
  const teamName = useTeamName();
  const configuration = useDesk((desk) => desk.configuration);
  return useCallback<CellText>(
    (ticket, column) => {
      switch (column) {
        case 'subject':
          return ticket.subject;
        case 'priority':
          return t(`fields:priorities.${ticket.priority}`);
        case 'customer':
          return ticket.customerName ?? t('noCustomer');
        case 'state':
          return t(`customer:ticketState.${ticket.state}`);
        case 'type':
          return t(`fields:ticketTypes.${ticket.type}`);
        case 'category': {
          const category = configuration?.ticketCategories.find(
            ({ id }) => id === ticket.categoryId,
          );
          return category ? pathText(category, format.language) : '';
        }
        case 'queue': {
          const queue = configuration?.queues.find(({ id }) => id === ticket.queueId);
          return queue ? format.text(queue.name) : '';
        }
        case 'owner':
          return ticket.ownerName ?? t('facts.noOwner');
        case 'team':
          return ticket.teamId === null ? '' : teamName(ticket.teamId);
        case 'firstContact':
          return ticket.firstContactName;
        case 'tags':
          return format.list(ticket.tags);
        case 'createdAt':
          return format.moment(ticket.createdAt);
        case 'closedAt':
          return ticket.closedAt === null ? '' : format.moment(ticket.closedAt);
        default:
          return '';
      }
    },
    [t, format, teamName, configuration],
  );
}
