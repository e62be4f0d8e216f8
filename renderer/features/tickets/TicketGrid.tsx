// biome-ignore-all lint/a11y/useSemanticElements: only the rows in sight are there, which a table cannot have
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the keys of all rows are the grid's
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type CSSProperties,
  type KeyboardEvent,
  memo,
  type RefObject,
  useCallback,
  useEffect,
  useRef,
} from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketColumn, TicketRow, TicketSort } from '#shared/contract/methods/ticketLists.ts';
import { isOpen } from '#shared/domain/tickets/ticket.ts';
import { cx } from '../../ui/cx.ts';
import { isFocusFree } from '../../ui/focus.ts';
import { ListFrame } from '../../ui/ListFrame.tsx';
import { columnWidths, sortedBy } from './listQuery.ts';
import { moveRow } from './rowKeys.ts';
import { type CellText, TicketCell, useCellText } from './TicketCell.tsx';
import styles from './tickets.module.css';
import type { TicketWindow } from './useTicketWindow.ts';

const rowHeight = 32;
/** Lists no longer than this are in the page as a whole. */
const wholeList = 60;
/** How far Page up and Page down go, rows. */
const pageRows = 15;

interface GridRow {
  ticket: TicketRow | undefined;
  place: number;
  columns: readonly TicketColumn[];
  textOf: CellText;
  /** Name of the box that chooses a ticket. */
  chooses: (subject: string) => string;
  active: boolean;
  chosen: boolean | null;
  onOpen: (place: number) => void;
  onChoose: (place: number) => void;
}

const Row = memo(function Row({
  ticket,
  place,
  columns,
  textOf,
  chooses,
  active,
  chosen,
  onOpen,
  onChoose,
}: GridRow) {
  return (
    <div
      role="row"
      id={ticket ? `ticket-row-${ticket.id}` : undefined}
      data-testid={ticket ? 'ticket-row' : 'ticket-row-loading'}
      aria-rowindex={place + 2}
      aria-selected={active}
      className={styles.row}
      style={{ transform: `translateY(${place * rowHeight}px)` }}
      onClick={() => onOpen(place)}
    >
      {chosen === null ? null : (
        <div role="gridcell" className={styles.check} onClick={(event) => event.stopPropagation()}>
          <input
            type="checkbox"
            tabIndex={-1}
            checked={chosen}
            disabled={!ticket}
            aria-label={chooses(ticket?.subject ?? '')}
            onChange={() => onChoose(place)}
          />
        </div>
      )}
      {columns.map((column) => (
        <div
          key={column}
          role="gridcell"
          className={cx(
            styles.cell,
            column === 'subject' && (ticket && isOpen(ticket.state) ? 'medium' : 'muted'),
          )}
        >
          {ticket ? (
            <TicketCell ticket={ticket} column={column} textOf={textOf} />
          ) : (
            <i className={styles.bone} />
          )}
        </div>
      ))}
    </div>
  );
});

function HeadCell({
  column,
  sort,
  onSort,
}: {
  column: TicketColumn;
  sort: TicketSort;
  onSort: (sort: TicketSort) => void;
}) {
  const { t } = useTranslation('tickets');
  const name = t(`columns.${column}`);
  const hidden = column === 'priority';
  if (column === 'tags') {
    return (
      <div role="columnheader" className={styles.headCell}>
        {name}
      </div>
    );
  }
  const isSorted = sort.by === column;
  const Arrow = sort.descending ? IconArrowDown : IconArrowUp;
  return (
    <div
      role="columnheader"
      className={styles.headCell}
      aria-sort={isSorted ? (sort.descending ? 'descending' : 'ascending') : 'none'}
    >
      <button
        type="button"
        className={styles.sorter}
        title={t('sortBy', { column: name })}
        data-testid={`sort-${column}`}
        onClick={() => onSort(sortedBy(sort, column))}
      >
        <span className={hidden ? 'for-readers' : 'cut'}>{name}</span>
        {hidden && !isSorted ? <span aria-hidden="true">!</span> : null}
        {isSorted ? <Arrow size={12} aria-hidden="true" /> : null}
      </button>
    </div>
  );
}

export interface TicketGridProps {
  list: TicketWindow;
  columns: readonly TicketColumn[];
  sort: TicketSort;
  /** Place of the row that is open; -1: none. */
  activePlace: number;
  activeId: string | null;
  /** Null where tickets cannot be chosen. */
  chosen: ReadonlySet<string> | null;
  onSort: (sort: TicketSort) => void;
  onLook: (first: number, last: number) => void;
  onActive: (place: number) => void;
  onOpen: () => void;
  onChoose: (place: number) => void;
  onFilter: () => void;
  onEscape: () => void;
}

/** Tickets as rows, of which only those in sight are in the page. `J K` move, Enter opens, X chooses, / filters. */
export const TicketGrid = memo(function TicketGrid(props: TicketGridProps) {
  const { list, columns, sort, activePlace, activeId, chosen, onLook } = props;
  const { t } = useTranslation('tickets');
  const textOf = useCellText();
  const chooses = useCallback((subject: string) => t('choose1', { subject }), [t]);
  const scroll = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: list.total,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: 6,
    initialRect: { width: 800, height: 640 },
  });
  const isShort = list.total <= wholeList;
  const inSight = virtual.getVirtualItems().map(({ index }) => index);
  const places = isShort ? Array.from({ length: list.total }, (_, place) => place) : inSight;
  const first = places[0] ?? 0;
  const last = places.at(-1) ?? 0;
  useEffect(() => onLook(first, last), [onLook, first, last]);
  useEffect(() => {
    if (activePlace >= 0) virtual.scrollToIndex(activePlace);
  }, [virtual, activePlace]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list begins at its top
  useEffect(() => {
    // Asked of what is known: the page itself would have to be laid out for an answer.
    if (virtual.scrollOffset) scroll.current?.scrollTo({ top: 0 });
  }, [list.key]);
  useFocusOnArrival(scroll);

  const template = [chosen === null ? null : '32px', ...columns.map((name) => columnWidths[name])]
    .filter((width) => width !== null)
    .join(' ');
  const withColumns: CSSProperties & Record<'--columns', string> = { '--columns': template };
  return (
    <ListFrame>
      <div ref={scroll} className={cx('scroll', styles.grid)}>
        <div
          role="grid"
          tabIndex={0}
          aria-label={t('region')}
          aria-rowcount={list.total + 1}
          aria-activedescendant={
            activeId !== null && activePlace >= 0 ? `ticket-row-${activeId}` : undefined
          }
          data-testid="ticket-list"
          data-answer={list.key ?? undefined}
          className={styles.gridTable}
          style={withColumns}
          onKeyDown={(event) => onGridKey(event, props)}
        >
          <div role="row" className={styles.gridHead} aria-rowindex={1}>
            {chosen === null ? null : <div role="columnheader" className={styles.check} />}
            {columns.map((column) => (
              <HeadCell key={column} column={column} sort={sort} onSort={props.onSort} />
            ))}
          </div>
          <div className={styles.gridBody} style={{ height: list.total * rowHeight }}>
            {places.map((index) => {
              const ticket = list.rows.get(index);
              return (
                <Row
                  key={index}
                  ticket={ticket}
                  place={index}
                  columns={columns}
                  textOf={textOf}
                  chooses={chooses}
                  active={ticket !== undefined && ticket.id === activeId}
                  chosen={chosen === null ? null : chosen.has(ticket?.id ?? '')}
                  onOpen={props.onActive}
                  onChoose={props.onChoose}
                />
              );
            })}
          </div>
        </div>
      </div>
    </ListFrame>
  );
});

function onGridKey(event: KeyboardEvent<HTMLDivElement>, props: TicketGridProps): void {
  if (event.target !== event.currentTarget || event.nativeEvent.isComposing) return;
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const { list, activePlace } = props;
  const next = pageMove(event.key, activePlace, list.total);
  const act =
    next !== null
      ? () => props.onActive(next)
      : {
          Enter: activePlace >= 0 ? props.onOpen : undefined,
          x: activePlace >= 0 ? () => props.onChoose(activePlace) : undefined,
          '/': props.onFilter,
          Escape: props.onEscape,
        }[event.key];
  if (!act) return;
  event.preventDefault();
  act();
}

function pageMove(key: string, at: number, count: number): number | null {
  if (count > 0 && key === 'PageDown') return Math.min(count - 1, Math.max(at, 0) + pageRows);
  if (count > 0 && key === 'PageUp') return Math.max(0, at - pageRows);
  return moveRow(key, at, count);
}

/** The agent came here by a link or a reload and types nowhere: the keys are the list's. */
function useFocusOnArrival(scroll: RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    if (!isFocusFree() && !document.activeElement?.matches('a')) return;
    scroll.current?.querySelector<HTMLElement>('[role="grid"]')?.focus({ preventScroll: true });
  }, [scroll]);
}
