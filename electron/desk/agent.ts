import type { AgentView } from '#shared/contract/models/desk.ts';
import {
  type AgentEvent,
  type AgentState,
  breakEndOf,
  nextAgentState,
  type Resting,
  signedOutState,
} from '#shared/domain/agents/agentState.ts';
import { heldByPbx, type QueuePause } from '#shared/domain/agents/queuePause.ts';
import type { PhoneConfiguration } from '#shared/domain/configuration.ts';
import { newId } from '#shared/domain/ids.ts';
import { lackForCalls } from '#shared/domain/user.ts';
import { DeskError } from '#shared/result.ts';
import type { SignedInUser } from '#shared/sync/messages.ts';
import type { EventHub } from '../core/events.ts';
import type { Notices } from '../core/notices.ts';
import type { Clock, Log } from '../core/providers.ts';
import type { Phone } from '../phone/phone.ts';
import { createBreakLimit } from './breakLimit.ts';
import type { Logbook } from './logbook.ts';
import { createPbxWord } from './pbxWord.ts';

/** What the supervisor sees of the call at hand. */
export interface Occupation {
  callId: string;
  customerName: string | null;
  queueId: string | null;
}

/** The agent's state (C2): applies the state machine, tells PBX, window and centre. */
export interface AgentService {
  view(): AgentView;
  /** The state after the event; null where the state machine does not allow it now. */
  foresee(event: AgentEvent): AgentState | null;
  /** Applies an event; false where the state machine does not allow it now. */
  apply(event: AgentEvent, occupation?: Occupation | null): boolean;
  /** Another call is at hand, or the call got another customer: whoever watches sees it. */
  occupied(occupation: Occupation | null): void;
  /** The agent's own wish: ready or a break, queued while a call is on. */
  rest(resting: Resting): AgentView;
  /** What the PBX's queues hold of this agent, by the connector; null where it does not know. */
  heardFromPbx(word: QueuePause | null): void;
  /** The centre's rules changed. */
  refresh(): void;
  stop(): void;
}

/** What somebody begins in at whom no phone can ring. */
const away: Resting = { state: 'break', reason: 'rest' };

export interface AgentOptions {
  user: SignedInUser;
  logbook: Pick<Logbook, 'record'>;
  phone: Phone;
  clock: Clock;
  events: EventHub;
  notices: Pick<Notices, 'add' | 'remove'>;
  log: Log;
  /** The centre's rules for its phones. */
  rules(): PhoneConfiguration;
}

export function viewOfAgent(
  state: AgentState,
  breakEndsAt: number | null = null,
  pbx: QueuePause | null = null,
): AgentView {
  const next = state.next;
  return {
    state: state.state,
    reason: state.reason,
    since: state.since,
    next: next && { state: next.state, reason: next.state === 'break' ? next.reason : null },
    breakEndsAt,
    pbx,
  };
}

export function createAgent(options: AgentOptions): AgentService {
  const { user, logbook, phone, clock, events, notices, log, rules } = options;
  let state: AgentState = signedOutState;
  let occupation: Occupation | null = null;
  const breakLimit = createBreakLimit(clock, notices);
  const pbxWord = createPbxWord(clock, () => {
    tellWindow();
    if (state.state !== 'signedOut') recordPresence();
  });

  const breakEndsAt = () => breakEndOf(state, rules().breakLimitsMs);
  const view = () => viewOfAgent(state, breakEndsAt(), pbxWord.differing());

  function tellWindow(): void {
    events.emit('agent.changed', view());
  }

  function presence() {
    const { state: name, reason, since } = state;
    const pause = name === 'ready' || name === 'break' ? pbxWord.differing() : null;
    return {
      userId: user.id,
      name: user.name,
      ...{ state: name, reason, since },
      ...(pause && heldByPbx(pause)),
      callId: occupation?.callId ?? null,
      customerName: occupation?.customerName ?? null,
      queueId: occupation?.queueId ?? null,
    };
  }

  function recordPresence(ended: AgentState | null = null): void {
    const interval = ended && {
      userId: user.id,
      state: ended.state,
      reason: ended.reason,
      from: ended.since,
      to: state.since,
    };
    logbook.record([
      { entity: 'presence', id: user.id, fields: presence() },
      ...(interval ? [{ entity: 'agentInterval' as const, id: newId(), fields: interval }] : []),
    ]);
  }

  /** Calls are offered to ready agents only; on a call the PBX is told at once, so that none slips in before the wrap-up. */
  function tellPbx(): void {
    const ready = state.state === 'ready' || state.state === 'ringing';
    const wish = ready
      ? { ready: true as const }
      : { ready: false as const, reason: state.reason ?? state.state };
    pbxWord.told(ready);
    void phone.setAvailability(wish).then((told) => {
      if (!told.ok) log.info('the PBX was not told the state', { code: told.error.code });
    });
  }

  /** The state machine's word; but nobody is ready at whom no phone can ring. */
  function foresee(event: AgentEvent): AgentState | null {
    if (lackForCalls(user) === null) return nextAgentState(state, event, clock.now());
    if (event.type === 'readyChosen') return null;
    const possible = event.type === 'signedIn' ? { ...event, as: away } : event;
    return nextAgentState(state, possible, clock.now());
  }

  function apply(event: AgentEvent, now: Occupation | null = null): boolean {
    const before = state;
    const after = foresee(event);
    if (!after) {
      log.info('event not allowed in this state', { state: before.state, event: event.type });
      return false;
    }
    state = after;
    breakLimit.follow(breakEndsAt());
    if (before.state === after.state && before.reason === after.reason) {
      tellWindow();
      return true;
    }
    occupation = now;
    tellWindow();
    tellPbx();
    recordPresence(before.since > 0 ? before : null);
    return true;
  }

  return {
    view,
    foresee,
    apply,
    occupied(next) {
      if (sameOccupation(occupation, next)) return;
      occupation = next;
      const { callId, customerName, queueId } = presence();
      const fields = { callId, customerName, queueId };
      logbook.record([{ entity: 'presence', id: user.id, fields }]);
    },
    rest(resting) {
      const event: AgentEvent =
        resting.state === 'ready'
          ? { type: 'readyChosen' }
          : { type: 'breakChosen', reason: resting.reason };
      const { state: before } = state;
      if (!apply(event)) throw new DeskError('state-not-allowed', 'not in this state');
      // The agent may mean the PBX, which holds something else.
      if (before === resting.state && pbxWord.differing()) tellPbx();
      return view();
    },
    heardFromPbx: pbxWord.heard,
    refresh() {
      breakLimit.follow(breakEndsAt());
      tellWindow();
    },
    stop() {
      breakLimit.follow(null);
      pbxWord.stop();
    },
  };
}

function sameOccupation(one: Occupation | null, other: Occupation | null): boolean {
  return (
    one?.callId === other?.callId &&
    one?.customerName === other?.customerName &&
    one?.queueId === other?.queueId
  );
}
