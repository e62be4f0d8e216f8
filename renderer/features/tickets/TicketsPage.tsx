import { IconTicket } from '@tabler/icons-react';
import { type KeyboardEvent, useCallback, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  TicketColumn,
  TicketFilter,
  TicketQuery,
  TicketSort,
} from '#shared/contract/methods/ticketLists.ts';
import { useRun } from '../../app/bridge.tsx';
import { goTo, useRoute } from '../../app/routes.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useMayDo } from '../../store/desk.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ListFoot } from '../../ui/ListFoot.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { TicketDetail } from '../ticketPage/TicketDetail.tsx';
import { noActions, usePageKeys } from '../ticketPage/usePageKeys.ts';
import { BulkBar } from './BulkBar.tsx';
import { ColumnsMenu } from './ColumnsMenu.tsx';
import { FilterBar } from './FilterBar.tsx';
import { useFilterChoices } from './filterFields.ts';
import { ListFailed, OfflineMark } from './ListStates.tsx';
import { givenViewNames, queryOfView, sameQuery } from './listQuery.ts';
import { SavedViews } from './SavedViews.tsx';
import { TicketGrid } from './TicketGrid.tsx';
import styles from './tickets.module.css';
import { type ListPlace, useListPlace } from './useListPlace.ts';
import { useTicketWindow } from './useTicketWindow.ts';
import { ViewTabs } from './ViewTabs.tsx';

const noneChosen: ReadonlySet<string> = new Set();
const gridSelector = '[role="grid"]';
const select = (ticketId: string | null) => goTo('tickets', ticketId);

function TicketsFoot({ total, mayChoose }: { total: number | null; mayChoose: boolean }) {
  const { t } = useTranslation('tickets');
  const format = useFormat();
  const keys = [
    { caps: ['J', 'K'], words: t('keys.move') },
    { caps: ['Enter'], words: t('keys.note') },
    ...(mayChoose ? [{ caps: ['X'], words: t('keys.choose') }] : []),
    { caps: ['/'], words: t('keys.filter') },
  ];
  return (
    <ListFoot keys={keys}>
      {total === null ? null : (
        <span data-testid="ticket-count">
          {t('rows', { count: total, formatted: format.number(total) })}
        </span>
      )}
      <OfflineMark />
    </ListFoot>
  );
}

/** Tickets as a list that is filtered and sorted in any way, and the chosen one beside it. */
export function TicketsPage() {
  const { t } = useTranslation('tickets');
  const { id } = useRoute();
  const [place, setPlace] = useListPlace();
  const noteRef = useRef<HTMLTextAreaElement>(null);
  const split = useRef<HTMLDivElement>(null);
  const actions = useRef(noActions);
  const onTicketKey = usePageKeys(actions);
  const focusNote = useCallback(() => noteRef.current?.focus(), []);
  const focusList = useCallback(
    () => split.current?.querySelector<HTMLElement>(gridSelector)?.focus({ preventScroll: true }),
    [],
  );
  // Letters that are not the list's are the open ticket's.
  const onListKey = (event: KeyboardEvent<HTMLElement>) => {
    if (event.target instanceof Element && event.target.matches(gridSelector)) onTicketKey(event);
  };
  return (
    <div className={styles.split} ref={split}>
      <section className={styles.column} aria-label={t('title')} onKeyDown={onListKey}>
        <h1 className="for-readers">{t('title')}</h1>
        {place ? (
          <List place={place} onPlace={setPlace} onOpen={focusNote} focusList={focusList} />
        ) : (
          <div className={styles.block}>
            <Skeleton widths={[70, 90, 60]} />
          </div>
        )}
      </section>
      <section className={styles.panel} aria-label={t('detailRegion')} data-testid="ticket-detail">
        {id === null ? (
          <EmptyState
            icon={<IconTicket size={20} aria-hidden="true" />}
            title={t('choose')}
            text={t('chooseHint')}
          />
        ) : (
          <TicketDetail
            key={id}
            ticketId={id}
            noteRef={noteRef}
            actionsRef={actions}
            onLeave={focusList}
            onClose={() => {
              select(null);
              focusList();
            }}
          />
        )}
      </section>
    </div>
  );
}

function List({
  place,
  onPlace,
  onOpen,
  focusList,
}: {
  place: ListPlace;
  onPlace: (change: (place: ListPlace) => ListPlace) => void;
  onOpen: () => void;
  focusList: () => void;
}) {
  const { t } = useTranslation('tickets');
  const run = useRun();
  // Read here once more: the next key may come before the page has heard of the new place.
  const { id: openId } = useRoute();
  const { query, columns } = place;
  const mayManage = useMayDo('tickets.manage');
  const choices = useFilterChoices();
  const { list, failure, reload, look } = useTicketWindow(query);
  const [chosen, setChosen] = useState(noneChosen);
  const [lastPlace, setLastPlace] = useState(-1);
  const textRef = useRef<HTMLInputElement>(null);

  const change = useCallback(
    (of: (query: TicketQuery) => TicketQuery) => {
      setChosen(noneChosen);
      setLastPlace(-1);
      onPlace((known) => ({ ...known, query: of(known.query) }));
    },
    [onPlace],
  );
  const take = useCallback((next: TicketQuery) => change(() => next), [change]);
  const refilter = (filter: TicketFilter) => change((known) => ({ ...known, filter }));
  const sort = useCallback(
    (by: TicketSort) => change((known) => ({ ...known, sort: by })),
    [change],
  );
  const recolumn = useCallback(
    (next: readonly TicketColumn[]) => onPlace((known) => ({ ...known, columns: next })),
    [onPlace],
  );
  const focusFilter = useCallback(() => textRef.current?.focus(), []);
  const chooseNone = useCallback(() => setChosen(noneChosen), []);
  const activePlace = placeOf(openId, lastPlace, list.rows);
  const open = useCallback(
    (at: number) => {
      const ticket = list.rows.get(at);
      setLastPlace(at);
      if (ticket) select(ticket.id);
    },
    [list.rows],
  );
  const choose = useCallback(
    (at: number) => {
      const ticket = list.rows.get(at);
      if (ticket) setChosen((known) => toggled(known, ticket.id));
    },
    [list.rows],
  );
  const chooseAll = async () => {
    const found = await run('ticketList.ids', query);
    if (found) setChosen(new Set(found.ids));
  };

  const view = givenViewNames.find((one) => sameQuery(queryOfView(one), query)) ?? null;
  const isEmpty = list.key !== null && list.total === 0;
  return (
    <div className={styles.listColumn}>
      <div className={styles.bar}>
        <ViewTabs view={view} onChange={(one) => take(queryOfView(one))} />
        <span className="grow" />
        <SavedViews query={query} onTake={take} />
        <ColumnsMenu columns={columns} onChange={recolumn} />
      </div>
      <FilterBar
        filter={query.filter}
        choices={choices}
        textRef={textRef}
        onChange={refilter}
        onLeave={focusList}
      />
      {mayManage && chosen.size > 0 ? (
        <BulkBar
          chosen={[...chosen]}
          total={list.total}
          onAll={() => void chooseAll()}
          onNone={chooseNone}
        />
      ) : null}
      {failure ? <ListFailed title={t('failed')} failure={failure} onAgain={reload} /> : null}
      {!failure && isEmpty ? (
        <EmptyState
          icon={<IconTicket size={20} aria-hidden="true" />}
          title={t(`empty.${view ?? 'filtered'}`)}
          text={t(view === null ? 'empty.filteredHint' : 'empty.hint')}
        />
      ) : null}
      {!failure && list.key === null ? (
        <div className={styles.block}>
          <Skeleton widths={[90, 80, 85, 70, 90, 75]} />
        </div>
      ) : null}
      {failure || isEmpty || list.key === null ? (
        <span className="grow" />
      ) : (
        <TicketGrid
          list={list}
          columns={columns}
          sort={query.sort}
          activePlace={activePlace}
          activeId={openId}
          chosen={mayManage ? chosen : null}
          onSort={sort}
          onLook={look}
          onActive={open}
          onOpen={onOpen}
          onChoose={choose}
          onFilter={focusFilter}
          onEscape={chooseNone}
        />
      )}
      <TicketsFoot total={list.key === null ? null : list.total} mayChoose={mayManage} />
    </div>
  );
}

/** Where the open ticket stands: where it was opened, unless the list has moved under it. */
function placeOf(
  openId: string | null,
  lastPlace: number,
  rows: ReadonlyMap<number, { id: string }>,
): number {
  if (openId === null) return -1;
  if (rows.get(lastPlace)?.id === openId) return lastPlace;
  const found = [...rows].find(([, row]) => row.id === openId);
  return found ? found[0] : lastPlace;
}

function toggled(known: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(known);
  if (!next.delete(id)) next.add(id);
  return next;
}
