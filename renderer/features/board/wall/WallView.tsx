import { Portal } from '@mantine/core';
import { IconCloudOff, IconEyeOff, IconPlayerPause, IconX } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { targetsOf } from '#shared/domain/settings/supervision.ts';
import { keysOf, useKeys, useShortcut } from '../../../app/hotkeys.ts';
import { useFormat } from '../../../i18n/useFormat.ts';
import { useBoard, useBoardNow } from '../../../store/board.ts';
import { totalOf } from '../../../store/boardFigures.ts';
import { usePart } from '../../../store/desk.ts';
import { IconButton } from '../../../ui/IconButton.tsx';
import { countStates } from '../agents/agentOrder.ts';
import { finePercent, unknown, useBoardWords, wholePercent } from '../boardWords.ts';
import { Elapsed } from '../Elapsed.tsx';
import { DataAge, useFreshness } from '../LiveMark.tsx';
import { leaveWall } from '../places.ts';
import { useShownQueues } from '../QueueTiles.tsx';
import { pageAt, pageMs, pagesOf } from './rotation.ts';
import { WallTile } from './WallTile.tsx';
import styles from './wall.module.css';

const queuesOnPage = 6;

/** Covers the window; what lies below can be reached by nobody meanwhile. Leaves with the full screen. */
function useWholeWindow(): void {
  useEffect(() => {
    const root = document.getElementById('root');
    const onChange = () => {
      if (!document.fullscreenElement) leaveWall();
    };
    root?.setAttribute('inert', '');
    document.addEventListener('fullscreenchange', onChange);
    return () => {
      root?.removeAttribute('inert');
      document.removeEventListener('fullscreenchange', onChange);
    };
  }, []);
}

/** What everybody in the room should see: read from far away, and going on by itself. */
export function WallView() {
  const { t } = useTranslation('board');
  useWholeWindow();
  useShortcut('board.wall', leaveWall);
  useKeys(['Escape'], leaveWall);
  return (
    <Portal>
      <div className={styles.wall} data-testid="wall">
        <WallHead />
        <Queues />
        <IconButton
          className={styles.leave}
          label={t('wall.leave')}
          keys={keysOf('board.wall')}
          icon={<IconX size={20} aria-hidden="true" />}
          onClick={leaveWall}
        />
      </div>
    </Portal>
  );
}

function WallHead() {
  const { t } = useTranslation('board');
  const format = useFormat();
  const now = useBoardNow();
  const fresh = useFreshness();
  const figures = useBoard(({ board }) => board?.figures);
  const agents = useBoard(({ board }) => board?.agents);
  const total = useMemo(() => totalOf(figures?.values() ?? []), [figures]);
  const counts = useMemo(() => countStates(agents?.values() ?? []), [agents]);
  const facts = [
    ['onCall', counts.onCall],
    ['ready', counts.ready],
    ['wrapUp', counts.wrapUp],
    ['break', counts.break],
  ] as const;
  return (
    <header className={styles.head}>
      <div className={styles.sum}>
        <b data-testid="wall-waiting">{total.waiting}</b>
        <span>{t('waiting')}</span>
      </div>
      <div className={styles.sum}>
        <b>{total.waitingSince === null ? unknown : <Elapsed since={total.waitingSince} />}</b>
        <span>{t('longest')}</span>
      </div>
      <div className={styles.sum}>
        <b>{wholePercent(total.rates.serviceLevel)}</b>
        <span>{t('wall.inTime')}</span>
      </div>
      <div className={styles.sum}>
        <b>{finePercent(total.rates.abandonRate)}</b>
        <span>{t('facts.abandon.word')}</span>
      </div>
      <dl className={styles.states}>
        {facts.map(([state, count]) => (
          <div key={state}>
            <dt>{t(`common:agentState.${state}`)}</dt>
            <dd>{count}</dd>
          </div>
        ))}
      </dl>
      <div className={styles.clock}>
        <time>{format.time(now)}</time>
        {fresh.state === 'stale' ? (
          <span className={styles.stale} data-testid="wall-stale" role="status">
            <IconCloudOff size={20} aria-hidden="true" />
            <DataAge asOf={fresh.asOf} />
          </span>
        ) : null}
        {fresh.state === 'blind' ? (
          <span className={styles.stale} data-testid="wall-blind" role="status">
            <IconEyeOff size={20} aria-hidden="true" />
            {t('blind', { time: format.moment(fresh.since) })}
          </span>
        ) : null}
      </div>
    </header>
  );
}

function Queues() {
  const { t } = useTranslation('board');
  const words = useBoardWords();
  const rules = usePart('supervision');
  const shown = useShownQueues();
  const now = useBoardNow();
  const [heldAt, setHeldAt] = useState<number | null>(null);
  useKeys([' '], () => setHeldAt(heldAt === null ? now : null));
  useKeys(['ArrowRight'], () => setHeldAt((heldAt ?? now) + pageMs));
  useKeys(['ArrowLeft'], () => setHeldAt((heldAt ?? now) - pageMs));
  const pages = pagesOf(shown, queuesOnPage);
  const page = pageAt(heldAt ?? now, pages.length);
  if (!rules) return null;
  const queues = pages[page] ?? [];
  return (
    <>
      <main className={styles.queues} data-count={queues.length} aria-label={t('queues')}>
        {queues.map((figures) => (
          <WallTile
            key={figures.queueId}
            figures={figures}
            targets={targetsOf(rules, figures.queueId)}
            name={words.queue(figures.queueId)}
          />
        ))}
        {pages.length === 0 ? <p className={styles.none}>{t('noQueuesYet')}</p> : null}
      </main>
      {pages.length > 1 ? (
        <footer className={styles.pages} data-testid="wall-pages" data-page={page}>
          {pages.map((queuesOf, at) => (
            <i key={queuesOf[0]?.queueId} data-here={at === page} aria-hidden="true" />
          ))}
          {heldAt === null ? null : (
            <span className="row">
              <IconPlayerPause size={16} aria-hidden="true" />
              {t('wall.held')}
            </span>
          )}
        </footer>
      ) : null}
    </>
  );
}
