/** States of an agent (C2). `wrapUp` is after-call work. */
export const agentStateNames = [
  'signedOut',
  'break',
  'ready',
  'ringing',
  'onCall',
  'wrapUp',
] as const;
export type AgentStateName = (typeof agentStateNames)[number];

export const breakReasons = [
  'rest',
  'lunch',
  'training',
  'meeting',
  'backOffice',
  'missed',
] as const;
export type BreakReason = (typeof breakReasons)[number];

/** Where the agent goes when the current work is over. */
export type Resting = { state: 'ready' } | { state: 'break'; reason: BreakReason };

export interface AgentState {
  state: AgentStateName;
  reason: BreakReason | null;
  /** ms UTC at which this state began. */
  since: number;
  /** Chosen during work: taken instead of the usual next state. */
  next: Resting | null;
  /** What the agent rested in before the work began; work without the agent's wish goes back there. */
  before: Resting;
  /** Calls answered or dialled that are not over. */
  calls: number;
  /** Calls that ring here, also those that wait beside a call. */
  offers: number;
  /** A finished call has no wrap-up yet that is to be asked for. */
  owesWrapUp: boolean;
  /** Of several calls that ring here one was missed: rest begins with the break for that, unless another is taken. */
  hasMissed: boolean;
}

export type AgentEvent =
  | { type: 'signedIn'; as: Resting }
  | { type: 'signedOut' }
  | { type: 'readyChosen' }
  | { type: 'breakChosen'; reason: BreakReason }
  | { type: 'callOffered' }
  | { type: 'callDialled' }
  | { type: 'callAnswered' }
  /** The caller gave up or another agent took it. */
  | { type: 'offerWithdrawn' }
  /** This agent let it ring out or turned it away; `leadsTo` is the centre's policy. */
  | { type: 'offerMissed'; leadsTo: 'break' | 'ready' }
  /** A call dialled here came to nothing. */
  | { type: 'callFailed' }
  /** An answered call is over; one with a colleague needs no wrap-up. */
  | { type: 'callEnded'; wrapUp: boolean }
  /** Finished, or put aside, early or in time; during a call: what was owed is done. */
  | { type: 'wrapUpFinished'; rest: Resting | null }
  | { type: 'wrapUpExpired' };

export const agentEventTypes = [
  'signedIn',
  'signedOut',
  'readyChosen',
  'breakChosen',
  'callOffered',
  'callDialled',
  'callAnswered',
  'offerWithdrawn',
  'offerMissed',
  'callFailed',
  'callEnded',
  'wrapUpFinished',
  'wrapUpExpired',
] as const satisfies readonly AgentEvent['type'][];

export const signedOutState: AgentState = {
  state: 'signedOut',
  reason: null,
  since: 0,
  next: null,
  before: { state: 'break', reason: 'rest' },
  calls: 0,
  offers: 0,
  owesWrapUp: false,
  hasMissed: false,
};

function restIn(resting: Resting, at: number): AgentState {
  return {
    ...signedOutState,
    state: resting.state,
    reason: resting.state === 'break' ? resting.reason : null,
    since: at,
    before: resting,
  };
}

function isResting(from: AgentState): boolean {
  return from.state === 'ready' || from.state === 'break';
}

function chosen(from: AgentState, resting: Resting, at: number): AgentState {
  if (!isResting(from)) return { ...from, next: resting };
  const reason = resting.state === 'break' ? resting.reason : null;
  return from.state === resting.state && from.reason === reason ? from : restIn(resting, at);
}

/**
 * What the agent does, from what there is to do: a call before an offer, an offer before a wrap-up, and
 * rest after all of them. A state that goes on keeps its beginning.
 */
function working(work: AgentState, at: number, rest: Resting | null = null): AgentState {
  const state = workOf(work);
  if (state === null) return restIn(rest ?? work.next ?? restOf(work), at);
  return { ...work, state, reason: null, since: state === work.state ? work.since : at };
}

const missedBreak: Resting = { state: 'break', reason: 'missed' };

function restOf({ hasMissed, before }: AgentState): Resting {
  return hasMissed && before.state === 'ready' ? missedBreak : before;
}

function workOf({ calls, offers, owesWrapUp }: AgentState): AgentStateName | null {
  if (calls > 0) return 'onCall';
  if (offers > 0) return 'ringing';
  return owesWrapUp ? 'wrapUp' : null;
}

/** Who works otherwise, with a call or for a wrap-up, is not away from the desk. */
function missed(from: AgentState, leadsTo: 'break' | 'ready'): AgentState {
  const isAway = leadsTo === 'break' && from.calls === 0 && !from.owesWrapUp;
  return { ...from, offers: from.offers - 1, hasMissed: from.hasMissed || isAway };
}

/** The work counted anew, or null where there was nothing such to count. */
function counted(from: AgentState, event: AgentEvent): AgentState | null {
  const { calls, offers, owesWrapUp } = from;
  switch (event.type) {
    case 'callOffered':
      return from.state === 'wrapUp' ? null : { ...from, offers: offers + 1 };
    case 'callDialled':
      return from.state === 'ringing' ? null : { ...from, calls: calls + 1 };
    case 'callAnswered':
      return offers > 0
        ? { ...from, offers: offers - 1, calls: calls + 1, hasMissed: false }
        : null;
    case 'offerWithdrawn':
      return offers > 0 ? { ...from, offers: offers - 1 } : null;
    case 'offerMissed':
      return offers > 0 ? missed(from, event.leadsTo) : null;
    case 'callFailed':
      return calls > 0 ? { ...from, calls: calls - 1 } : null;
    case 'callEnded':
      return calls > 0
        ? { ...from, calls: calls - 1, owesWrapUp: owesWrapUp || event.wrapUp }
        : null;
    case 'wrapUpFinished':
      return owesWrapUp ? { ...from, owesWrapUp: false } : null;
    case 'wrapUpExpired':
      return from.state === 'wrapUp' ? { ...from, owesWrapUp: false } : null;
    default:
      return null;
  }
}

/**
 * The one state machine of C2. Returns the state after `event`, or null where the event is not
 * allowed in this state: the caller then keeps the old state and says why.
 *
 * - Several calls at once: onCall lasts until the last is over; a call that waits beside another does
 *   not change the state; the wrap-up comes after the last call.
 * - A break is never turned into ready without the agent's wish: what fails, is withdrawn, is missed or
 *   expires goes back to where the agent rested before.
 */
export function nextAgentState(from: AgentState, event: AgentEvent, at: number): AgentState | null {
  if (event.type === 'signedOut') return { ...signedOutState, since: at };
  if (from.state === 'signedOut') return event.type === 'signedIn' ? restIn(event.as, at) : null;

  switch (event.type) {
    case 'signedIn':
      return null;
    case 'readyChosen':
      return chosen(from, { state: 'ready' }, at);
    case 'breakChosen':
      return chosen(from, { state: 'break', reason: event.reason }, at);
  }
  const work = counted(from, event);
  if (!work) return null;
  if (event.type === 'wrapUpFinished') return working(work, at, event.rest);
  return working(work, at);
}

/** When the break is over by the centre's limits (ms by reason), ms UTC; null without a limit. */
export function breakEndOf(
  { state, reason, since }: AgentState,
  limitsMs: { [R in BreakReason]?: number | undefined },
): number | null {
  const limitMs = state === 'break' && reason !== null ? limitsMs[reason] : undefined;
  return limitMs === undefined ? null : since + limitMs;
}
