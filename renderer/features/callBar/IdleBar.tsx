import {
  IconAlertTriangle,
  IconCircleFilled,
  IconCloudOff,
  IconCoffee,
  IconHourglassEmpty,
  IconMicrophoneOff,
  IconPhoneOff,
  IconRefresh,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useRun } from '../../app/bridge.tsx';
import { goTo } from '../../app/routes.ts';
import { useDesk, useMayDo, useNotices, useTakesCalls } from '../../store/desk.ts';
import { Button } from '../../ui/Button.tsx';
import { Countdown } from '../../ui/Timer.tsx';
import { BacklogButton } from './BacklogButton.tsx';
import styles from './CallBar.module.css';
import { DialField } from './DialField.tsx';
import { OfflineHint, OnlineHint } from './IdleHints.tsx';
import { type IdleLook, idleStateOf } from './idleState.ts';

/** The circle at the left; the words beside it say what it means. */
const looks: Record<IdleLook, { Icon: typeof IconCoffee; size: number; tone: string }> = {
  noPhone: { Icon: IconPhoneOff, size: 20, tone: 'tone-error' },
  noMicrophone: { Icon: IconMicrophoneOff, size: 20, tone: 'tone-error' },
  offline: { Icon: IconCloudOff, size: 20, tone: 'tone-warn' },
  pbxPaused: { Icon: IconAlertTriangle, size: 20, tone: 'tone-warn' },
  connecting: { Icon: IconHourglassEmpty, size: 20, tone: 'muted' },
  phoneOff: { Icon: IconPhoneOff, size: 20, tone: 'muted' },
  noCalls: { Icon: IconPhoneOff, size: 20, tone: 'muted' },
  ready: { Icon: IconCircleFilled, size: 16, tone: 'tone-ok' },
  break: { Icon: IconCoffee, size: 20, tone: 'muted' },
};

/** No call: dial, the agent's own state, and the one thing to do next. */
export function IdleBar({ offline }: { offline: boolean }) {
  const { t } = useTranslation('callBar');
  const agent = useDesk((desk) => desk.agent);
  const phone = useDesk((desk) => desk.phone);
  const sync = useDesk((desk) => desk.sync);
  const run = useRun();
  const takesCalls = useTakesCalls();
  const hasNotice = useNotices().length > 0;
  const mayWrapUp = useMayDo('wrapUps.write');
  const { look, obstacle, hint } = idleStateOf({ takesCalls, offline, phone, agent, hasNotice });
  const { Icon, size, tone } = looks[look];
  return (
    <>
      <span
        className={`${styles.circle} ${tone}`}
        aria-hidden="true"
        data-testid="idle-look"
        data-look={look}
      >
        <Icon size={size} />
      </span>
      {offline ? <OfflineHint sync={sync} obstacle={obstacle} /> : <OnlineHint hint={hint} />}
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
        {takesCalls && phone.state === 'failed' ? (
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
        {takesCalls ? <DialField /> : null}
        {takesCalls && agent.state === 'break' ? (
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
