import { IconClockPlus, IconPhoneCall } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DeskCall } from '#shared/contract/models/calls.ts';
import type { AgentView } from '#shared/contract/models/desk.ts';
import { useRun } from '../../app/bridge.tsx';
import { keysOf, useShortcut } from '../../app/hotkeys.ts';
import { useDial } from '../../app/useDial.ts';
import { useDesk } from '../../store/desk.ts';
import { useWindow } from '../../store/window.ts';
import { Button } from '../../ui/Button.tsx';
import { useNow } from '../../ui/clock.ts';
import { Countdown } from '../../ui/Timer.tsx';
import { BacklogButton } from './BacklogButton.tsx';
import styles from './CallBar.module.css';
import { CountdownRing } from './CountdownRing.tsx';
import { callerWords } from './caller.ts';

type Words = (key: string, values: Record<string, unknown>) => string;

function thenWords(next: AgentView['next'], t: Words): string {
  if (next?.state !== 'break') return t('wrapUp.thenReady', {});
  return t('wrapUp.thenBreak', { reason: t(`common:breakReason.${next.reason ?? 'rest'}`, {}) });
}

/** The line broke: one key calls the customer again. */
function LostRedial({ call }: { call: DeskCall }) {
  const { t } = useTranslation('callBar');
  const dial = useDial();
  const lost = call.endedBy === 'system' && !call.number.withheld && call.number.raw !== '';
  const redial = () => void dial(call.number.raw, call.customerId);
  useShortcut('call.redial', redial, lost);
  if (!lost) return null;
  return (
    <Button
      size="xl"
      icon={<IconPhoneCall size={18} aria-hidden="true" />}
      keys={keysOf('call.redial')}
      data-testid="redial"
      onClick={redial}
    >
      {t('redialLost')}
    </Button>
  );
}

/** After-call work: what is left of its time, more of it, and the calls not wrapped up yet. */
export function WrapUpBar({ call }: { call: DeskCall }) {
  const { t } = useTranslation('callBar');
  const next = useDesk((desk) => desk.agent.next);
  const run = useRun();
  const now = useNow();
  const extend = () => void run('wrapUps.extend', { callId: call.id });
  useShortcut('wrapUp.extend', extend);
  const passedOn = useWindow(({ transfer }) =>
    transfer?.callId === call.id && transfer.state === 'done' ? transfer.name : null,
  );
  const endsAt = call.wrapUpEndsAt;
  const startedAt = call.endedAt ?? now;
  return (
    <>
      <CountdownRing
        share={endsAt === null ? 1 : Math.max(0, (endsAt - now) / Math.max(1, endsAt - startedAt))}
      />
      <div className={styles.hint}>
        <p>
          {endsAt === null ? (
            <span className={styles.big}>{t('wrapUp.title')}</span>
          ) : (
            <>
              <Countdown until={endsAt} className={styles.big} />{' '}
              <span className="strong">{t('wrapUp.left')}</span>
            </>
          )}{' '}
          <span className="muted">{callerWords(call, t)}</span>
        </p>
        <p className="muted">
          {passedOn ? (
            <span data-testid="passed-on">{t('transfer.done', { who: passedOn })} </span>
          ) : null}
          {thenWords(next, t)}
        </p>
      </div>
      <div className={styles.actions}>
        <LostRedial call={call} />
        <BacklogButton callId={call.id} size="xl" />
        <Button
          size="xl"
          icon={<IconClockPlus size={18} aria-hidden="true" />}
          keys={keysOf('wrapUp.extend')}
          data-testid="wrap-up-extend"
          onClick={extend}
        >
          {t('wrapUp.extend')}
        </Button>
      </div>
    </>
  );
}
