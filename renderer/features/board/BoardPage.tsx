import { IconEyeOff, IconLayoutDashboard } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useShortcut } from '../../app/hotkeys.ts';
import { goTo, useRoute } from '../../app/routes.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useBoard, useWatchBoard } from '../../store/board.ts';
import { useMayDo } from '../../store/desk.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { cx } from '../../ui/cx.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { isFocusFree } from '../../ui/focus.ts';
import { KeyCap } from '../../ui/KeyCap.tsx';
import { Page } from '../../ui/Page.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { AgentDialogs } from '../intervention/AgentDialogs.tsx';
import { AuditPanel } from '../team/AuditPanel.tsx';
import { TakeOverAsked } from '../team/TakeOverAsked.tsx';
import { AlertPanel } from './AlertPanel.tsx';
import { AgentGrid } from './agents/AgentGrid.tsx';
import { AgentPanel } from './agents/AgentPanel.tsx';
import { arrangements } from './agents/agentOrder.ts';
import { BargeAsked } from './agents/BargeAsked.tsx';
import { AlertWatch } from './alerts/AlertWatch.tsx';
import { BoardHead } from './BoardHead.tsx';
import { BoardMenu } from './BoardMenu.tsx';
import styles from './board.module.css';
import { choose, useChoice } from './boardChoice.ts';
import { useMenuOn } from './boardMenu.ts';
import { CallList } from './CallList.tsx';
import { DayCurve } from './DayCurve.tsx';
import { ElapsedClock } from './Elapsed.tsx';
import { ListeningMark } from './ListeningMark.tsx';
import { useFreshness } from './LiveMark.tsx';
import { auditId, focusWallButton, openWall, wallId } from './places.ts';
import { QueueHelp } from './QueueHelp.tsx';
import { QueueTiles } from './QueueTiles.tsx';
import { type Listening, useListening } from './useListening.ts';
import { WallView } from './wall/WallView.tsx';

/** What a supervisor watches: queues, agents, calls, what is over a limit, and how the day goes. */
export function BoardPage() {
  useWatchBoard();
  const { id } = useRoute();
  // Whoever leads a team is called on every page: the shell watches for them.
  const isCalled = useMayDo('team.manage');
  const wasWall = useRef(false);
  useEffect(() => {
    const isWall = id === wallId;
    // The wall takes its own focus with it: back to where one goes there.
    if (wasWall.current && !isWall && isFocusFree()) focusWallButton();
    wasWall.current = isWall;
  }, [id]);
  return (
    <>
      <ElapsedClock />
      {isCalled ? null : <AlertWatch calls={false} />}
      {id === wallId ? <WallView /> : <Board isAudit={id === auditId} />}
    </>
  );
}

function Board({ isAudit }: { isAudit: boolean }) {
  const listening = useListening();
  const { supervising, asked, drop } = listening;
  const isTold = useBoard(({ board }) => board !== null);
  const mayAudit = supervising.may;
  const { t } = useTranslation('board');
  const page = useRef<HTMLDivElement>(null);
  useShortcut('board.wall', openWall);
  useMenuOn(page);
  return (
    <Page
      ref={page}
      testId="board"
      label={t('title')}
      head={<BoardHead isAudit={isAudit} mayAudit={mayAudit} />}
      flush
      region={false}
    >
      <BlindBanner />
      {isTold ? <Told listening={listening} isAudit={isAudit && mayAudit} /> : <NotTold />}
      <BoardMenu listening={listening} />
      <QueueHelp />
      <AgentDialogs />
      <BargeAsked
        name={asked?.what === 'barge' ? asked.name : null}
        onBarge={listening.agree}
        onClose={drop}
      />
      <TakeOverAsked
        name={asked?.what === 'takeOver' ? asked.name : null}
        onTakeOver={listening.agree}
        onClose={drop}
      />
    </Page>
  );
}

/** Before the server has told anything: bones, or why nothing comes. */
function NotTold() {
  const { t } = useTranslation('board');
  const isStale = useBoard(({ link }) => link?.state === 'stale');
  if (!isStale) {
    return (
      <div className={styles.bones} data-testid="board-loading">
        <Skeleton widths={[30, 80, 60, 70, 40, 60]} />
      </div>
    );
  }
  return (
    <EmptyState
      icon={<IconLayoutDashboard size={20} aria-hidden="true" />}
      title={t('nothingTold')}
      text={t('nothingToldHint')}
    />
  );
}

/** The server does not see its PBX: calls stand still, states of agents still come from desks. */
function BlindBanner() {
  const { t } = useTranslation('board');
  const format = useFormat();
  const fresh = useFreshness();
  if (fresh.state !== 'blind') return null;
  return (
    <Banner
      tone="error"
      icon={<IconEyeOff size={16} aria-hidden="true" />}
      title={t('blind', { time: format.moment(fresh.since) })}
      text={t('blindHint')}
    />
  );
}

function Told({ listening, isAudit }: { listening: Listening; isAudit: boolean }) {
  const { t } = useTranslation('board');
  const { supervising, listen } = listening;
  const { agentId } = useChoice();
  const hasQueues = useBoard(({ board }) => (board?.queues.size ?? 0) > 0);
  return (
    <>
      {hasQueues ? <QueueTiles /> : <p className={cx('small', styles.none)}>{t('noQueuesYet')}</p>}
      <div className={styles.lower}>
        <section className={styles.column} aria-label={t('agents')} data-region="3">
          <AgentsHead canListen={supervising.may && supervising.obstacle === null} />
          <div className={cx('scroll', styles.body)}>
            <AgentGrid supervising={supervising} onListen={listen} />
          </div>
        </section>
        {isAudit ? (
          <AuditPanel onClose={() => goTo('board')} />
        ) : (
          <aside
            className={cx('scroll', styles.side)}
            aria-label={t('alertsAndDay')}
            data-region="4"
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by key
            tabIndex={0}
          >
            {agentId === null ? null : (
              <AgentPanel
                agentId={agentId}
                supervising={supervising}
                onListen={listen}
                onTakeOver={listening.takeOver}
              />
            )}
            <AlertPanel supervising={supervising} onListen={listen} />
            <CallList />
            <DayCurve />
          </aside>
        )}
      </div>
    </>
  );
}

const listenCaps = { L: 'listen', W: 'whisper', B: 'barge' } as const;

function AgentsHead({ canListen }: { canListen: boolean }) {
  const { t } = useTranslation('board');
  const { arrangement, withSignedOut } = useChoice();
  return (
    <div className={styles.agentsHead}>
      <h2>{t('agents')}</h2>
      <fieldset className={styles.chips} aria-label={t('arrange')}>
        {arrangements.map((one) => (
          <Chip
            key={one}
            pressed={one === arrangement}
            data-testid={`arrange-${one}`}
            onClick={() => choose({ arrangement: one })}
          >
            {t(`arrangement.${one}`)}
          </Chip>
        ))}
        <Chip
          pressed={withSignedOut}
          data-testid="with-signed-out"
          onClick={() => choose({ withSignedOut: !withSignedOut })}
        >
          {t('withSignedOut')}
        </Chip>
      </fieldset>
      <span className="grow" />
      <ListeningMark />
      {canListen ? (
        <span className={cx('small', styles.caps)}>
          {Object.entries(listenCaps).map(([key, mode]) => (
            <span key={key}>
              <KeyCap keys={key} /> {t(`team:listen.${mode}`)}
            </span>
          ))}
        </span>
      ) : null}
    </div>
  );
}
