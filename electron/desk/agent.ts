import type { AgentView } from '#shared/contract/models.ts';
import {
  type AgentEvent,
  type AgentState,
  nextAgentState,
  type Resting,
  signedOutState,
} from '#shared/domain/agentState.ts';
import { newId } from '#shared/domain/ids.ts';
import { DeskError } from '#shared/result.ts';
import type { SignedInUser } from '#shared/sync/messages.ts';
import type { CacheWrites } from '../cache/cache.ts';
import type { EventHub } from '../core/events.ts';
import type { Clock, Log } from '../core/providers.ts';
import type { Phone } from '../phone/phone.ts';

/** What the supervisor sees of the call at hand. */
export interface Occupation {
  callId: string;
  customerName: string | null;
  queueId: string | null;
}

/** The agent's state (C2): applies the state machine, tells PBX, window and centre. */
export interface AgentService {
  view(): AgentView;
  /** Whether the state machine allows the event now. */
  allows(event: AgentEvent): boolean;
  /** Applies an event; false where the state machine does not allow it now. */
  apply(event: AgentEvent, occupation?: Occupation | null): boolean;
  /** The call at hand got another customer: whoever watches sees it. */
  occupied(occupation: Occupation): void;
  /** The agent's own wish: ready or a break, queued while a call is on. */
  rest(resting: Resting): AgentView;
}

export interface AgentOptions {
  user: SignedInUser;
  cache: CacheWrites;
  phone: Phone;
  clock: Clock;
  events: EventHub;
  log: Log;
}

export function viewOfAgent(state: AgentState): AgentView {
  const next = state.next;
  return {
    state: state.state,
    reason: state.reason,
    since: state.since,
    next: next && { state: next.state, reason: next.state === 'break' ? next.reason : null },
    breakEndsAt: null,
    pbx: null,
  };
}

export function createAgent(options: AgentOptions): AgentService {
  const { user, cache, phone, clock, events, log } = options;
  let state: AgentState = signedOutState;

  function record(before: AgentState, occupation: Occupation | null): void {
    const { state: name, reason, since } = state;
    const presence = {
      userId: user.id,
      name: user.name,
      state: name,
      reason,
      since,
      callId: occupation?.callId ?? null,
      customerName: occupation?.customerName ?? null,
      queueId: occupation?.queueId ?? null,
    };
    const ended = {
      userId: user.id,
      state: before.state,
      reason: before.reason,
      from: before.since,
      to: since,
    };
    cache.change(
      [
        { entity: 'presence', id: user.id, fields: presence },
        ...(before.since > 0 && before.state !== name
          ? [{ entity: 'agentInterval' as const, id: newId(), fields: ended }]
          : []),
      ],
      user.id,
    );
  }

  /** Calls are offered to ready agents only; on a call the PBX is told at once, so that none slips in before the wrap-up. */
  function tellPbx(): void {
    const wish =
      state.state === 'ready' || state.state === 'ringing'
        ? { ready: true as const }
        : { ready: false as const, reason: state.reason ?? state.state };
    void phone.setAvailability(wish).then((told) => {
      if (!told.ok) log.info('the PBX was not told the state', { code: told.error.code });
    });
  }

  function apply(event: AgentEvent, occupation: Occupation | null = null): boolean {
    const before = state;
    const after = nextAgentState(before, event, clock.now());
    if (!after) {
      log.info('event not allowed in this state', { state: before.state, event: event.type });
      return false;
    }
    state = after;
    events.emit('agent.changed', viewOfAgent(state));
    if (before.state !== after.state || before.reason !== after.reason) {
      tellPbx();
      record(before, occupation);
    }
    return true;
  }

  return {
    view: () => viewOfAgent(state),
    allows: (event) => nextAgentState(state, event, clock.now()) !== null,
    apply,
    occupied({ callId, customerName, queueId }) {
      cache.change(
        [{ entity: 'presence', id: user.id, fields: { callId, customerName, queueId } }],
        user.id,
      );
    },
    rest(resting) {
      const event: AgentEvent =
        resting.state === 'ready'
          ? { type: 'readyChosen' }
          : { type: 'breakChosen', reason: resting.reason };
      if (!apply(event)) throw new DeskError('state-not-allowed', 'not in this state');
      return viewOfAgent(state);
    },
  };
}
