import { useTranslation } from 'react-i18next';
import type { DeskCall } from '#shared/contract/models/calls.ts';
import { useCallInBar, useDesk } from '../../store/desk.ts';
import { cx } from '../../ui/cx.ts';
import { ListeningBar } from '../team/ListeningBar.tsx';
import { Announcer } from './Announcer.tsx';
import styles from './CallBar.module.css';
import { IdleBar } from './IdleBar.tsx';
import { OtherCalls } from './OtherCalls.tsx';
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
  | 'conference'
  | 'held'
  | 'wrapUp';

/** What the bar shows: the call first, then the line to the server, then the free desk. */
export function barStateOf(call: DeskCall | null, offline: boolean): BarState {
  if (call?.conference && call.state !== 'ended') return 'conference';
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
  conference: styles.talk,
  held: styles.warn,
  wrapUp: styles.warn,
};

/**
 * The 72 px that never move: the call, or the way to make one; below it 40 px for further calls while
 * there are any. It never takes the focus.
 */
export function CallBar() {
  const { t } = useTranslation('callBar');
  const call = useCallInBar();
  const offline = useDesk((desk) => desk.sync.state === 'offline');
  const listens = useDesk((desk) => desk.supervision.listening !== null);
  const state = barStateOf(call, offline);
  return (
    <section
      className={styles.slot}
      aria-label={t('region')}
      data-region="1"
      data-testid="call-bar"
      data-state={state}
      data-call-id={call?.id}
    >
      <Announcer call={call} state={state} />
      <div className={cx(styles.bar, tints[state])}>
        {call === null && listens ? <ListeningBar /> : null}
        {call === null && !listens ? <IdleBar offline={offline} /> : null}
        {call && state === 'ringing' ? <RingingBar key={call.id} call={call} /> : null}
        {call && state === 'wrapUp' ? <WrapUpBar key={call.id} call={call} /> : null}
        {call && state !== 'ringing' && state !== 'wrapUp' ? (
          <TalkingBar key={call.id} call={call} />
        ) : null}
      </div>
      <OtherCalls active={call} />
    </section>
  );
}
