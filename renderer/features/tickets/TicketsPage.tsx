import { IconTicket } from '@tabler/icons-react';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { InputOf } from '#shared/contract/contract.ts';
import { useQuery } from '../../app/bridge.tsx';
import { goTo, useRoute } from '../../app/routes.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { KeyCap } from '../../ui/KeyCap.tsx';
import { byTimeLeft } from '../fields/ticketOrder.ts';
import { ListFailed, OfflineMark } from './ListStates.tsx';
import { TicketPanel } from './TicketPanel.tsx';
import { TicketTable } from './TicketTable.tsx';
import styles from './tickets.module.css';

type View = InputOf<'tickets.list'>['view'];
const views: readonly View[] = ['mine', 'open', 'all'];
const rowLimit = 200;

function ViewTabs({ view, onChange }: { view: View; onChange: (view: View) => void }) {
  const { t } = useTranslation('tickets');
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const next = step === undefined ? undefined : views[views.indexOf(view) + step];
    if (!next) return;
    event.preventDefault();
    onChange(next);
    event.currentTarget.querySelector<HTMLElement>(`[data-view="${next}"]`)?.focus();
  };
  return (
    <div role="tablist" aria-label={t('viewsLabel')} className={styles.tabs} onKeyDown={onKeyDown}>
      {views.map((one) => (
        <button
          key={one}
          type="button"
          role="tab"
          data-view={one}
          data-testid={`tickets-${one}`}
          aria-selected={one === view}
          tabIndex={one === view ? 0 : -1}
          className={styles.tab}
          onClick={() => onChange(one)}
        >
          {t(`views.${one}`)}
        </button>
      ))}
    </div>
  );
}

function ListFoot({ count }: { count: number | undefined }) {
  const { t } = useTranslation('tickets');
  return (
    <footer className={styles.foot}>
      {count === undefined ? null : (
        <span>{t(count < rowLimit ? 'rows' : 'rowsCapped', { count })}</span>
      )}
      <OfflineMark />
      <span className={styles.keys}>
        <span className={styles.key}>
          <KeyCap keys="J" />
          <KeyCap keys="K" />
          {t('keys.move')}
        </span>
        <span className={styles.key}>
          <KeyCap keys="Enter" />
          {t('keys.note')}
        </span>
      </span>
    </footer>
  );
}

/** Tickets as a list by time left, and the chosen one beside it. */
export function TicketsPage() {
  const { t } = useTranslation('tickets');
  const [view, setView] = useState<View>('mine');
  const { id } = useRoute();
  const noteRef = useRef<HTMLTextAreaElement>(null);
  const list = useQuery('tickets.list', { view, limit: rowLimit }, ['ticket']);
  const tickets = useMemo(() => list.data?.toSorted(byTimeLeft) ?? null, [list.data]);
  const select = (ticketId: string | null) => goTo('tickets', ticketId);

  return (
    <div className={styles.split}>
      <section className={styles.column} aria-label={t('title')}>
        <h1 className="for-readers">{t('title')}</h1>
        <div className={styles.bar}>
          <ViewTabs view={view} onChange={setView} />
          <span className="grow" />
          <span className="small">{t('sorted')}</span>
        </div>
        {list.failure ? (
          <ListFailed title={t('failed')} failure={list.failure} onAgain={list.reload} />
        ) : null}
        {tickets?.length === 0 ? (
          <EmptyState
            icon={<IconTicket size={20} aria-hidden="true" />}
            title={t(`empty.${view}`)}
            text={t('empty.hint')}
          />
        ) : null}
        {list.failure || tickets?.length === 0 ? (
          <span className="grow" />
        ) : (
          <TicketTable
            tickets={tickets}
            selectedId={id}
            onSelect={select}
            onOpen={() => noteRef.current?.focus()}
          />
        )}
        <ListFoot count={tickets?.length} />
      </section>
      <section className={styles.panel} aria-label={t('detailRegion')} data-testid="ticket-detail">
        {id === null ? (
          <EmptyState
            icon={<IconTicket size={20} aria-hidden="true" />}
            title={t('choose')}
            text={t('chooseHint')}
          />
        ) : (
          <TicketPanel key={id} ticketId={id} noteRef={noteRef} onClose={() => select(null)} />
        )}
      </section>
    </div>
  );
}
