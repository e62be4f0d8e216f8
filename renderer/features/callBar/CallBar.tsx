import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeskCall } from '#shared/contract/models.ts';
import { useCallInBar, useDesk } from '../../store/desk.ts';
import { cx } from '../../ui/cx.ts';
import styles from './CallBar.module.css';
import { callerWords } from './caller.ts';
import { IdleBar } from './IdleBar.tsx';
import { RingingBar } from './RingingBar.tsx';
import { TalkingBar } from './TalkingBar.tsx';
import { WrapUpBar } from './WrapUpBar.tsx';

export type BarState =
  | 'idle'
  | 'offline'
  | 'ringing'
  | 'dialling'
  | 'connecting'
  | 'talking'
  | 'held'
  | 'wrapUp';

/** What the bar shows: the call first, then the line to the server, then the free desk. */
export function barStateOf(call: DeskCall | null, offline: boolean): BarState {
  if (call && call.state !== 'ended') return call.state;
  if (call) return 'wrapUp';
  return offline ? 'offline' : 'idle';
}

const tints: Record<BarState, string | undefined> = {
  idle: undefined,
  offline: styles.warn,
  ringing: styles.ring,
  dialling: styles.talk,
  connecting: styles.talk,
  talking: styles.talk,
  held: styles.warn,
  wrapUp: styles.warn,
};

/** Says a new state of the call once; running times stay silent. */
function Announcer({ call, state }: { call: DeskCall | null; state: BarState }) {
  const { t } = useTranslation('callBar');
  const words =
    call && state !== 'idle' ? t(`announce.${state}`, { who: callerWords(call, t) }) : '';
  const said = useRef('');
  const key = `${call?.id}:${state}`;
  useEffect(() => {
    said.current = key;
  }, [key]);
  return (
    <div className="for-readers" aria-live="assertive" aria-atomic="true" data-testid="announcer">
      {words}
    </div>
  );
}

/** The 72 px that never move: the call, or the way to make one. It never takes the focus. */
export function CallBar() {
  const { t } = useTranslation('callBar');
  const call = useCallInBar();
  const offline = useDesk((desk) => desk.sync.state === 'offline');
  const state = barStateOf(call, offline);
  return (
    <section
      className={cx(styles.bar, tints[state])}
      aria-label={t('region')}
      data-region="1"
      data-testid="call-bar"
      data-state={state}
      data-call-id={call?.id}
    >
      <Announcer call={call} state={state} />
      {call === null ? <IdleBar offline={offline} /> : null}
      {call && state === 'ringing' ? <RingingBar key={call.id} call={call} /> : null}
      {call && state === 'wrapUp' ? <WrapUpBar key={call.id} call={call} /> : null}
      {call && state !== 'ringing' && state !== 'wrapUp' ? (
        <TalkingBar key={call.id} call={call} />
      ) : null}
    </section>
  );
}
