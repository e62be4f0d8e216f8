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
  /** Chosen during a call: taken instead of the usual next state. */
  next: Resting | null;
  /** What the agent rested in before the phone rang; a missed or failed call goes back there. */
  before: Resting;
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
  /** This agent let it ring out or turned it away. */
  | { type: 'offerMissed' }
  | { type: 'callFailed' }
  | { type: 'callEnded' }
  | { type: 'wrapUpFinished'; rest: Resting | null }
  | { type: 'wrapUpExpired' };

export const signedOutState: AgentState = {
  state: 'signedOut',
  reason: null,
  since: 0,
  next: null,
  before: { state: 'break', reason: 'rest' },
};

function restIn(resting: Resting, at: number): AgentState {
  return {
    state: resting.state,
    reason: resting.state === 'break' ? resting.reason : null,
    since: at,
    next: null,
    before: resting,
  };
}

function busy(from: AgentState, state: 'ringing' | 'onCall' | 'wrapUp', at: number): AgentState {
  return { ...from, state, reason: null, since: at };
}

function isResting(from: AgentState): boolean {
  return from.state === 'ready' || from.state === 'break';
}

function chosen(from: AgentState, resting: Resting, at: number): AgentState {
  return isResting(from) ? restIn(resting, at) : { ...from, next: resting };
}

/**
 * The one state machine of C2. Returns the state after `event`, or null where the event is not
 * allowed in this state: the caller then keeps the old state and says why.
 * A failed outbound call and a withdrawn offer go back to where the agent rested before, so that
 * they never turn a break into ready.
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
    case 'callOffered':
      return isResting(from) ? busy(from, 'ringing', at) : null;
    case 'callDialled':
      return isResting(from) ? busy(from, 'onCall', at) : null;
    case 'callAnswered':
      return from.state === 'ringing' ? busy(from, 'onCall', at) : null;
    case 'offerWithdrawn':
      return from.state === 'ringing' ? restIn(from.next ?? from.before, at) : null;
    case 'offerMissed':
      return from.state === 'ringing'
        ? restIn(from.next ?? { state: 'break', reason: 'missed' }, at)
        : null;
    case 'callFailed':
      return from.state === 'onCall' ? restIn(from.next ?? from.before, at) : null;
    case 'callEnded':
      return from.state === 'onCall' ? busy(from, 'wrapUp', at) : null;
    case 'wrapUpFinished':
      return from.state === 'wrapUp'
        ? restIn(event.rest ?? from.next ?? { state: 'ready' }, at)
        : null;
    case 'wrapUpExpired':
      return from.state === 'wrapUp' ? restIn(from.next ?? { state: 'ready' }, at) : null;
  }
}
