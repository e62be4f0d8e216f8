import {
  IconCircleFilled,
  IconCloudOff,
  IconCoffee,
  IconPhoneOff,
  IconRefresh,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgentView, SyncStatus } from '#shared/contract/models/desk.ts';
import { offeredQueues } from '#shared/domain/settings/queues.ts';
import { useRun } from '../../app/bridge.tsx';
import { goTo, hrefOf } from '../../app/routes.ts';
import { useFailureText } from '../../i18n/useFailureText.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useDesk, useMayDo } from '../../store/desk.ts';
import { BreakLeft } from '../../ui/BreakLeft.tsx';
import { Button } from '../../ui/Button.tsx';
import { Pill } from '../../ui/Pill.tsx';
import { Countdown } from '../../ui/Timer.tsx';
import { BacklogButton } from './BacklogButton.tsx';
import styles from './CallBar.module.css';
import { DialField } from './DialField.tsx';
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

/** What the agent can expect now: calls, none because of a break, or what keeps them away. */
function AgentHint() {
  const { t } = useTranslation('callBar');
  const format = useFormat();
  const failureText = useFailureText();
  const agent = useDesk((desk) => desk.agent);
  const phone = useDesk((desk) => desk.phone);
  const queues = useDesk((desk) => desk.configuration?.queues);
  const mine = useDesk((desk) => desk.session.user?.queueIds);
  const notice = useDesk((desk) => desk.notices.at(-1));
  // What stands in the way of every call goes before what became of the last one.
  if (phone.state === 'failed') {
    return (
      <Hint
        tone="tone-error"
        title={t('idle.noPhone')}
        text={phone.failure ? failureText(phone.failure) : t('idle.noPhoneText')}
      />
    );
  }
  if (notice) return <LastNotice notice={notice} />;
  const { microphone } = phone;
  if (microphone === 'denied' || microphone === 'absent' || microphone === 'busy') {
    return (
      <Hint
        tone="tone-error"
        title={t('idle.noMicrophone')}
        text={failureText({ code: `microphone-${microphone}` })}
      />
    );
  }
  if (phone.state === 'connecting') {
    return <Hint title={t('idle.connecting')} text={t('idle.connectingText')} />;
  }
  if (agent.state === 'ready') {
    const names = offeredQueues(queues ?? [])
      .filter((queue) => mine?.includes(queue.id))
      .map((queue) => format.text(queue.name))
      .join(' · ');
    return <Hint title={t('idle.waiting')} text={names || t('idle.waitingText')} />;
  }
  return <BreakHint agent={agent} />;
}

/** A break: since when, how long it may still last, and who takes the calls. */
function BreakHint({ agent }: { agent: AgentView }) {
  const { t } = useTranslation('callBar');
  const format = useFormat();
  if (agent.reason === 'missed') {
    return <Hint title={t('idle.missed')} text={t('idle.missedText')} />;
  }
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

function OfflineHint({ sync }: { sync: SyncStatus }) {
  const { t } = useTranslation('callBar');
  const format = useFormat();
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
      <p className="muted">{t('offline.text')}</p>
    </div>
  );
}

/** No call: dial, the agent's own state, and the one thing to do next. */
export function IdleBar({ offline }: { offline: boolean }) {
  const { t } = useTranslation('callBar');
  const agent = useDesk((desk) => desk.agent);
  const phone = useDesk((desk) => desk.phone);
  const sync = useDesk((desk) => desk.sync);
  const run = useRun();
  const mayCall = useMayDo('calls.take');
  const mayWrapUp = useMayDo('wrapUps.write');
  const noPhone = phone.state === 'failed';
  const icon = offline ? (
    <IconCloudOff size={20} />
  ) : noPhone ? (
    <IconPhoneOff size={20} />
  ) : agent.state === 'ready' ? (
    <IconCircleFilled size={16} />
  ) : (
    <IconCoffee size={20} />
  );
  const tone = offline
    ? 'tone-warn'
    : noPhone
      ? 'tone-error'
      : agent.state === 'ready'
        ? 'tone-ok'
        : 'muted';
  return (
    <>
      <span className={`${styles.circle} ${tone}`} aria-hidden="true">
        {icon}
      </span>
      {offline ? <OfflineHint sync={sync} /> : <AgentHint />}
      <div className={styles.actions}>
        {offline && sync.nextTryAt !== null ? (
          <span className={`${styles.back} ${styles.extra}`}>
            {t('offline.nextTry')} <Countdown until={sync.nextTryAt} />
          </span>
        ) : null}
        {sync.refused.length > 0 ? (
          <Button onClick={() => goTo('outbox')}>
            {t('offline.refused', { count: sync.refused.length })}
          </Button>
        ) : null}
        {offline ? (
          <Button
            size="lg"
            icon={<IconRefresh size={16} aria-hidden="true" />}
            onClick={() => void run('sync.retry', {})}
          >
            {t('offline.tryNow')}
          </Button>
        ) : null}
        {phone.state === 'failed' ? (
          <Button
            size="lg"
            icon={<IconRefresh size={16} aria-hidden="true" />}
            data-testid="idle-retry-phone"
            onClick={() => void run('phone.retry', {})}
          >
            {phone.failure?.code === 'phone-elsewhere' ? t('idle.takeBack') : t('idle.retryPhone')}
          </Button>
        ) : null}
        {mayWrapUp ? <BacklogButton callId={null} size="lg" /> : null}
        {mayCall ? <DialField /> : null}
        {mayCall && agent.state === 'break' ? (
          <Button
            variant="solid"
            size="lg"
            icon={<IconCircleFilled size={14} aria-hidden="true" />}
            data-testid="go-ready"
            onClick={() => void run('agent.rest', { state: 'ready' })}
          >
            {t('idle.goReady')}
          </Button>
        ) : null}
      </div>
    </>
  );
}
