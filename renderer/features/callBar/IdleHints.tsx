import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgentView, SyncStatus } from '#shared/contract/models/desk.ts';
import { offeredQueues } from '#shared/domain/settings/queues.ts';
import { lackForCalls } from '#shared/domain/user.ts';
import { hrefOf } from '../../app/routes.ts';
import { useFailureText } from '../../i18n/useFailureText.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useDesk, useMayDo, useNotices } from '../../store/desk.ts';
import { BreakLeft } from '../../ui/BreakLeft.tsx';
import { Pill } from '../../ui/Pill.tsx';
import styles from './CallBar.module.css';
import type { IdleHint, Obstacle } from './idleState.ts';
import { LastNotice } from './LastNotice.tsx';

function Hint({ title, text, tone }: { title: ReactNode; text: ReactNode; tone?: string }) {
  return (
    <div className={styles.hint}>
      <p className={`strong ${tone ?? ''}`}>{title}</p>
      <p className="muted" title={typeof text === 'string' ? text : undefined}>
        {text}
      </p>
    </div>
  );
}

const tones: Record<Obstacle, string> = {
  noPhone: 'tone-error',
  noMicrophone: 'tone-error',
  phoneOff: '',
  connecting: '',
  pbxPaused: 'tone-warn',
};

/** What keeps calls away, and what that means or what to do. */
function useObstacleWords(): (obstacle: Obstacle) => { title: string; text: string } {
  const { t } = useTranslation('callBar');
  const failureText = useFailureText();
  const { failure, microphone } = useDesk((desk) => desk.phone);
  const isReady = useDesk((desk) => desk.agent.state === 'ready');

  function textOf(obstacle: Obstacle): string {
    if (obstacle === 'noPhone' && failure) return failureText(failure);
    if (obstacle === 'noMicrophone' && microphone !== 'ok' && microphone !== 'unknown') {
      return failureText({ code: `microphone-${microphone}` });
    }
    // In a break none would come with the phone either.
    return obstacle === 'connecting' && !isReady ? t('idle.breakText') : t(`idle.${obstacle}Text`);
  }

  return (obstacle) => ({ title: t(`idle.${obstacle}`), text: textOf(obstacle) });
}

function ObstacleHint({ obstacle }: { obstacle: Obstacle }) {
  const words = useObstacleWords()(obstacle);
  return <Hint tone={tones[obstacle]} {...words} />;
}

function WaitingHint() {
  const { t } = useTranslation('callBar');
  const format = useFormat();
  const queues = useDesk((desk) => desk.configuration?.queues);
  const mine = useDesk((desk) => desk.session.user?.queueIds);
  const names = offeredQueues(queues ?? [])
    .filter((queue) => mine?.includes(queue.id))
    .map((queue) => format.text(queue.name))
    .join(' · ');
  return <Hint title={t('idle.waiting')} text={names || t('idle.waitingText')} />;
}

/** A break: since when, how long it may still last, and who takes the calls. */
function BreakHint({ agent }: { agent: AgentView }) {
  const { t } = useTranslation('callBar');
  const format = useFormat();
  const since = t('idle.break', { since: format.time(agent.since) });
  return (
    <Hint
      title={
        agent.breakEndsAt === null ? (
          since
        ) : (
          <>
            {since} · <BreakLeft endsAt={agent.breakEndsAt} />
          </>
        )
      }
      text={t('idle.breakText')}
    />
  );
}

/** Why no phone rings for this user; whoever keeps the accounts is led to the own one. */
function NoCallsHint() {
  const { t } = useTranslation('callBar');
  const user = useDesk((desk) => desk.session.user);
  const maySet = useMayDo('users.manage');
  const lack = user && lackForCalls(user);
  const title = t('idle.noCalls');
  if (lack !== 'extension') return <Hint title={title} text={t('idle.noCallsRole')} />;
  if (!maySet) return <Hint title={title} text={t('idle.noExtension')} />;
  return (
    <Hint
      title={title}
      text={
        <>
          {t('idle.noExtensionYet')}{' '}
          <a href={hrefOf('users', user?.id ?? null)} data-testid="set-extension">
            {t('idle.setExtension')}
          </a>
        </>
      }
    />
  );
}

/** What this user can expect now: calls, none because of a break, or what keeps them away. */
export function OnlineHint({ hint }: { hint: IdleHint }) {
  const { t } = useTranslation('callBar');
  const agent = useDesk((desk) => desk.agent);
  const notice = useNotices().at(-1);
  switch (hint) {
    case 'notice':
      return notice ? <LastNotice notice={notice} /> : null;
    case 'noCalls':
      return <NoCallsHint />;
    case 'waiting':
      return <WaitingHint />;
    case 'missed':
      return <Hint title={t('idle.missed')} text={t('idle.missedText')} />;
    case 'break':
      return <BreakHint agent={agent} />;
    default:
      return <ObstacleHint obstacle={hint} />;
  }
}

/** The server is away; below it the phone's own trouble, or that the work goes on. */
export function OfflineHint({ sync, obstacle }: { sync: SyncStatus; obstacle: Obstacle | null }) {
  const { t } = useTranslation('callBar');
  const format = useFormat();
  const words = useObstacleWords();
  const trouble = obstacle && words(obstacle);
  const second = trouble ? format.labelled(trouble.title, trouble.text) : t('offline.text');
  return (
    <div className={styles.hint}>
      <p className={styles.nameRow}>
        <span className="strong">
          {sync.offlineSince === null
            ? t('offline.title')
            : t('offline.since', { time: format.time(sync.offlineSince) })}
        </span>
        {sync.waiting > 0 ? (
          <a href={hrefOf('outbox')} data-testid="offline-waiting">
            <Pill tone="outline">{t('offline.waiting', { count: sync.waiting })}</Pill>
          </a>
        ) : null}
      </p>
      <p className={obstacle ? tones[obstacle] || 'muted' : 'muted'} title={second}>
        {second}
      </p>
    </div>
  );
}
