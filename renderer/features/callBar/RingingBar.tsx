import { IconPhoneFilled, IconPhoneIncoming, IconPhoneX } from '@tabler/icons-react';
import { Trans, useTranslation } from 'react-i18next';
import type { DeskCall } from '#shared/contract/models/calls.ts';
import { useRun } from '../../app/bridge.tsx';
import { keysOf, useShortcut } from '../../app/hotkeys.ts';
import { useFailureText } from '../../i18n/useFailureText.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useDesk } from '../../store/desk.ts';
import { useWindow } from '../../store/window.ts';
import { Button } from '../../ui/Button.tsx';
import { ClassBadge } from '../../ui/ClassBadge.tsx';
import { useNow } from '../../ui/clock.ts';
import { cx } from '../../ui/cx.ts';
import { openCardOf } from '../desk/followCall.ts';
import styles from './CallBar.module.css';
import { callerWords, numberWords, valueClassOf } from './caller.ts';

/** The desk takes the call by itself: the time until then. */
function AutoAnswer({ at, offeredAt }: { at: number; offeredAt: number }) {
  const now = useNow();
  const left = Math.max(0, at - now);
  return (
    <>
      <span className={styles.back} role="timer" aria-live="off" data-testid="auto-answer">
        <Trans
          i18nKey="callBar:autoAnswer"
          values={{ seconds: Math.ceil(left / 1000) }}
          components={{ b: <b />, br: <br /> }}
        />
      </span>
      <span className={styles.drain} aria-hidden="true">
        <i style={{ transform: `scaleX(${left / Math.max(1, at - offeredAt)})` }} />
      </span>
    </>
  );
}

/** How much of the ring time is left: words where the caller goes back to a queue, and a draining line. */
function RingTime({ call }: { call: DeskCall }) {
  const now = useNow();
  if (call.autoAnswerAt !== null) {
    return <AutoAnswer at={call.autoAnswerAt} offeredAt={call.offeredAt} />;
  }
  if (call.ringEndsAt === null) return null;
  const whole = Math.max(1, call.ringEndsAt - call.offeredAt);
  const left = Math.max(0, call.ringEndsAt - now);
  return (
    <>
      {call.queueId === null ? null : (
        <span className={styles.back} role="timer" aria-live="off">
          <Trans
            i18nKey="callBar:backToQueue"
            values={{ seconds: Math.ceil(left / 1000) }}
            components={{ b: <b />, br: <br /> }}
          />
        </span>
      )}
      <span className={styles.drain} aria-hidden="true">
        <i style={{ transform: `scaleX(${left / whole})` }} />
      </span>
    </>
  );
}

function Who({ call }: { call: DeskCall }) {
  const { t } = useTranslation('callBar');
  const format = useFormat();
  const valueClass = valueClassOf(call);
  const name = callerWords(call, t);
  const number = numberWords(call, t);
  const unknown = call.kind === 'customer' && call.pop.match === 'none' && call.customerId === null;
  const several = call.pop.match === 'several' && call.customerId === null;
  return (
    <div className={styles.names}>
      <div className={styles.nameRow}>
        <span className={styles.name} title={name} data-testid="caller-name">
          {name}
        </span>
        {valueClass ? <ClassBadge valueClass={valueClass} long /> : null}
      </div>
      <div className={styles.sub}>
        {name === number ? null : (
          <span className={styles.number} data-testid="caller-number">
            {number}
          </span>
        )}
        {call.number.region ? (
          <span className="cut" data-testid="caller-region">
            {format.text(call.number.region)}
          </span>
        ) : null}
        {several ? <span>{t('several', { count: call.pop.candidates.length })}</span> : null}
        {call.kind === 'colleague' ? <span>{t('colleague')}</span> : null}
        {unknown ? <span>{t('unknown')}</span> : null}
      </div>
    </div>
  );
}

/** A call rings here: who, how long they waited, answer or reject. The focus stays where it is. */
export function RingingBar({ call }: { call: DeskCall }) {
  const { t } = useTranslation('callBar');
  const format = useFormat();
  const run = useRun();
  const failureText = useFailureText();
  const queue = useDesk((desk) =>
    desk.configuration?.queues.find((one) => one.id === call.queueId),
  );
  const dirty = useWindow((state) => state.dirtyForms.size > 0);
  const following = useWindow((state) => state.followedCallId === call.id);
  const answer = () => void run('calls.answer', { callId: call.id });
  const reject = () => void run('calls.reject', { callId: call.id, how: 'busy' });
  const openCard = () => openCardOf(call.id);
  useShortcut('call.answer', answer);
  useShortcut('call.reject', reject);
  useShortcut('call.openCard', openCard, call.kind === 'customer');

  return (
    <>
      <span className={cx(styles.circle, styles.bell)} aria-hidden="true">
        <IconPhoneIncoming size={20} />
      </span>
      <Who call={call} />
      {call.failure ? (
        <p className={styles.trouble} role="alert">
          {failureText(call.failure)}
        </p>
      ) : (
        <dl className={styles.facts}>
          {queue ? (
            <div>
              <dt>{t('queue')}</dt>
              <dd data-testid="caller-queue">{format.text(queue.name)}</dd>
            </div>
          ) : null}
          {call.waitedMs === null ? null : (
            <div>
              <dt>{t('waited')}</dt>
              <dd>{format.clock(call.waitedMs)}</dd>
            </div>
          )}
          {call.transferredBy ? (
            <div>
              <dt>{t('passedOnBy')}</dt>
              <dd data-testid="transferred-by">{call.transferredBy}</dd>
            </div>
          ) : null}
        </dl>
      )}
      <div className={styles.actions}>
        {dirty && !following && call.kind === 'customer' ? (
          <Button size="sm" keys={keysOf('call.openCard')} onClick={openCard}>
            {t('openCard')}
          </Button>
        ) : null}
        <RingTime call={call} />
        <Button
          size="xl"
          icon={<IconPhoneX size={18} aria-hidden="true" />}
          keys={keysOf('call.reject')}
          data-testid="reject"
          onClick={reject}
        >
          {t('reject')}
        </Button>
        <Button
          variant="answer"
          icon={<IconPhoneFilled size={18} aria-hidden="true" />}
          keys={keysOf('call.answer')}
          data-testid="answer"
          onClick={answer}
        >
          {t('answer')}
        </Button>
      </div>
    </>
  );
}
