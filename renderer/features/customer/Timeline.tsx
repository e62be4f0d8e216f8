import {
  IconBellRinging,
  IconPhoneIncoming,
  IconPhoneOutgoing,
  IconTicket,
} from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeskCall } from '#shared/contract/models/calls.ts';
import type { Card } from '#shared/contract/models/records.ts';
import { keysOf } from '../../app/hotkeys.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useDesk, useMayDo } from '../../store/desk.ts';
import { openTicketForm } from '../../store/window.ts';
import { Button } from '../../ui/Button.tsx';
import { deskNow } from '../../ui/clock.ts';
import { cx } from '../../ui/cx.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Pill } from '../../ui/Pill.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import styles from './Timeline.module.css';
import { TimelineFilters, TimelineFind } from './TimelineFilters.tsx';
import { TimelineItem } from './TimelineItem.tsx';
import { everything, isEverything, type Wanted } from './timelineFilter.ts';
import { type Group, type TimelineRow, timelineRows } from './timelineRows.ts';
import { useTimeline } from './useTimeline.ts';

const compactEntries = 3;
/** Longer lists put only what is on the screen into the page. */
const plainRows = 120;
/** Rows before the end at which the next page is asked for. */
const loadAhead = 40;
/** The same for a list that is short yet, in pixels. */
const loadBelowPx = 1200;

/** The call of this moment, above everything that happened before. */
function NowEntry({ call, compact, last }: { call: DeskCall; compact: boolean; last: boolean }) {
  const { t } = useTranslation('customer');
  const format = useFormat();
  const queue = useDesk((desk) =>
    desk.configuration?.queues.find((one) => one.id === call.queueId),
  );
  const ringing = call.state === 'ringing';
  const Icon = call.direction === 'out' ? IconPhoneOutgoing : IconPhoneIncoming;
  const facts = [
    queue ? format.text(queue.name) : null,
    call.waitedMs === null ? null : t('timeline.waited', { waited: format.clock(call.waitedMs) }),
  ].filter(Boolean);
  return (
    <li
      className={cx(styles.entry, compact && styles.compactEntry, last && styles.last)}
      data-testid="timeline-now"
    >
      <time>{format.time(call.answeredAt ?? call.offeredAt)}</time>
      <span className={cx(styles.node, ringing ? styles.ringingNode : styles.talkingNode)}>
        <Icon size={14} aria-hidden="true" />
      </span>
      <div className={styles.body}>
        <div className={styles.titleLine}>
          <span className={styles.title}>
            {ringing
              ? t('timeline.callingNow')
              : call.direction === 'out'
                ? t('timeline.outgoing')
                : t('timeline.onThisCall')}
          </span>
          {compact ? <span className={cx(styles.facts, 'cut')}>{facts.join(' · ')}</span> : null}
          {ringing ? (
            <span className={styles.outcome}>
              <Pill tone="ok" icon={<IconBellRinging size={12} aria-hidden="true" />}>
                {t('common:agentState.ringing')}
              </Pill>
            </span>
          ) : null}
        </div>
        {compact ? null : <p className={cx(styles.facts, 'cut')}>{facts.join(' · ')}</p>}
      </div>
    </li>
  );
}

function useGroupWords(): (group: Group) => string {
  const { t } = useTranslation('customer');
  return (group) => {
    if (group.kind === 'yesterday') return t('common:yesterday');
    if (group.kind === 'today') return t('timeline.today', { day: group.words });
    if (group.kind === 'earlier') return t('timeline.earlierIn', { month: group.words });
    return group.words;
  };
}

function Head({ group }: { group: Group }) {
  const words = useGroupWords();
  return (
    <li className={styles.head}>
      <h3>{words(group)}</h3>
    </li>
  );
}

function Row({ row }: { row: TimelineRow }) {
  if (row.type === 'head') return <Head group={row.group} />;
  return <TimelineItem entry={row.entry} last={row.last} compact={false} />;
}

function VirtualRows({
  rows,
  scroller,
  onNearEnd,
}: {
  rows: TimelineRow[];
  scroller: HTMLElement | null;
  onNearEnd: () => void;
}) {
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller,
    estimateSize: (index) => (rows[index]?.type === 'head' ? 30 : 48),
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const nearEnd = (items.at(-1)?.index ?? 0) >= rows.length - loadAhead;
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once for each end that comes near
  useEffect(() => {
    if (nearEnd) onNearEnd();
  }, [nearEnd, rows.length]);
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <ul className={styles.list} style={{ paddingTop: before, paddingBottom: after }}>
      {items.map((item) => {
        const row = rows[item.index];
        return row ? <Row key={item.key} row={row} /> : null;
      })}
    </ul>
  );
}

/** Everything that happened with the customer, newest first; compact while something is written. */
export function Timeline({
  card,
  call,
  compact,
  newTicket = true,
}: {
  card: Card | null;
  call: DeskCall | null;
  compact: boolean;
  /** A ticket is written beside it. */
  newTicket?: boolean;
}) {
  const { t } = useTranslation('customer');
  const format = useFormat();
  const { language } = format;
  const [wanted, setWanted] = useState<Wanted>(everything);
  const [finding, setFinding] = useState(false);
  const { entries, total, counts, more, loading, searching, loadMore } = useTimeline(
    card,
    compact ? everything : wanted,
  );
  const scroller = useRef<HTMLDivElement>(null);
  const mayWrite = useMayDo('tickets.write');
  const rows = useMemo(() => timelineRows(entries, language, deskNow()), [entries, language]);
  const live = call && call.state !== 'ended' ? call : null;
  const nowShown = live !== null && (compact || isEverything(wanted));
  const today = rows[0]?.type === 'head' && rows[0].group.kind === 'today' ? rows[0] : null;
  const rowsBelow = nowShown && today ? rows.slice(1) : rows;
  const canWrite = newTicket && mayWrite && !compact && live?.state !== 'ringing';

  return (
    <section
      className={cx(styles.timeline, compact && styles.compact)}
      aria-label={t('timeline.title')}
      data-testid="timeline"
    >
      <header className={styles.header}>
        <h2>{t('timeline.title')}</h2>
        {compact ? <span className="small">{total}</span> : null}
        {compact || !card ? null : (
          <TimelineFilters
            wanted={wanted}
            total={total}
            counts={counts}
            finding={finding}
            onFind={() => setFinding(!finding)}
            onChange={setWanted}
          />
        )}
        {canWrite && (card || live) ? (
          <span className={styles.action}>
            <Button
              icon={<IconTicket size={16} aria-hidden="true" />}
              keys={keysOf('work.ticket')}
              data-testid="new-ticket"
              onClick={() => openTicketForm(true)}
            >
              {t('timeline.newTicket')}
            </Button>
          </span>
        ) : null}
      </header>
      {finding && !compact ? (
        <TimelineFind wanted={wanted} onChange={setWanted} onClose={() => setFinding(false)} />
      ) : null}
      <div
        className={cx(styles.scroller, 'scroll')}
        ref={scroller}
        onScroll={({ currentTarget: box }) => {
          const below = box.scrollHeight - box.scrollTop - box.clientHeight;
          if (more && !compact && below < loadBelowPx) void loadMore();
        }}
      >
        {live && nowShown ? (
          <ul className={styles.list}>
            {compact ? null : (
              <Head group={today?.group ?? { kind: 'today', words: format.day(deskNow()) }} />
            )}
            <NowEntry call={live} compact={compact} last={!today && !compact} />
          </ul>
        ) : null}
        {compact ? (
          <ul className={styles.list}>
            {entries.slice(0, compactEntries).map((entry, at) => (
              <TimelineItem
                key={entry.id}
                entry={entry}
                last={at === Math.min(compactEntries, entries.length) - 1}
                compact
              />
            ))}
          </ul>
        ) : rowsBelow.length > plainRows ? (
          <VirtualRows
            rows={rowsBelow}
            scroller={scroller.current}
            onNearEnd={() => more && void loadMore()}
          />
        ) : (
          <ul className={styles.list}>
            {rowsBelow.map((row) => (
              <Row key={row.key} row={row} />
            ))}
          </ul>
        )}
        {card === null && live === null ? (
          <div className={styles.loading}>
            <Skeleton widths={[60, 80, 50, 70]} />
          </div>
        ) : null}
        {searching ? (
          <div className={styles.loading}>
            <Skeleton widths={[60, 80, 50]} />
          </div>
        ) : null}
        {card && !compact && !searching && entries.length === 0 ? (
          <EmptyState
            title={t(isEverything(wanted) ? 'timeline.empty' : 'timeline.nothingFits')}
            text={t(isEverything(wanted) ? 'timeline.emptyText' : 'timeline.nothingFitsText')}
          />
        ) : null}
        {more && !compact ? (
          <div className={styles.more}>
            <Button onClick={() => void loadMore()} disabled={loading}>
              {t('timeline.more', { count: total - entries.length })}
            </Button>
          </div>
        ) : null}
      </div>
    </section>
  );
}
