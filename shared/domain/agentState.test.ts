import { describe, expect, it } from 'vitest';
import {
  type AgentEvent,
  type AgentState,
  type AgentStateName,
  agentStateNames,
  nextAgentState,
  type Resting,
} from './agentState.ts';

const lunch: Resting = { state: 'break', reason: 'lunch' };
const ready: Resting = { state: 'ready' };

function at(
  state: AgentStateName,
  before: Resting = ready,
  next: Resting | null = null,
): AgentState {
  const reason = state === 'break' ? 'rest' : null;
  return { state, reason, since: 1, next, before };
}

/** One row an event, one column a state: the state after it, `no` where it is not allowed. */
const table: [AgentEvent, Record<AgentStateName, string>][] = [
  [{ type: 'signedIn', as: lunch }, row('break lunch', 'no', 'no', 'no', 'no', 'no')],
  [
    { type: 'signedOut' },
    row('signedOut', 'signedOut', 'signedOut', 'signedOut', 'signedOut', 'signedOut'),
  ],
  [{ type: 'readyChosen' }, row('no', 'ready', 'ready', 'ringing', 'onCall', 'wrapUp')],
  [
    { type: 'breakChosen', reason: 'lunch' },
    row('no', 'break lunch', 'break lunch', 'ringing', 'onCall', 'wrapUp'),
  ],
  [{ type: 'callOffered' }, row('no', 'ringing', 'ringing', 'no', 'no', 'no')],
  [{ type: 'callDialled' }, row('no', 'onCall', 'onCall', 'no', 'no', 'no')],
  [{ type: 'callAnswered' }, row('no', 'no', 'no', 'onCall', 'no', 'no')],
  [{ type: 'offerWithdrawn' }, row('no', 'no', 'no', 'ready', 'no', 'no')],
  [{ type: 'offerMissed' }, row('no', 'no', 'no', 'break missed', 'no', 'no')],
  [{ type: 'callFailed' }, row('no', 'no', 'no', 'no', 'ready', 'no')],
  [{ type: 'callEnded' }, row('no', 'no', 'no', 'no', 'wrapUp', 'no')],
  [{ type: 'wrapUpFinished', rest: null }, row('no', 'no', 'no', 'no', 'no', 'ready')],
  [{ type: 'wrapUpFinished', rest: lunch }, row('no', 'no', 'no', 'no', 'no', 'break lunch')],
  [{ type: 'wrapUpExpired' }, row('no', 'no', 'no', 'no', 'no', 'ready')],
];

function row(...cells: string[]): Record<AgentStateName, string> {
  const entries = agentStateNames.map((name, index) => [name, cells[index] ?? '']);
  return Object.fromEntries(entries) as Record<AgentStateName, string>;
}

function words(state: AgentState | null): string {
  if (!state) return 'no';
  return state.reason === null ? state.state : `${state.state} ${state.reason}`;
}

describe('agent state machine', () => {
  const cases = table.flatMap(([event, cells]) =>
    agentStateNames.map((from) => ({ event, from, to: cells[from] })),
  );

  it.each(cases)('$from, $event.type → $to', ({ event, from, to }) => {
    expect(words(nextAgentState(at(from), event, 2))).toBe(to);
  });

  it('keeps when a state began for as long as it lasts', () => {
    expect(nextAgentState(at('onCall'), { type: 'readyChosen' }, 9)?.since).toBe(1);
    expect(nextAgentState(at('onCall'), { type: 'callEnded' }, 9)?.since).toBe(9);
  });

  const backToBreak: AgentEvent[] = [{ type: 'offerWithdrawn' }, { type: 'callFailed' }];
  it.each(backToBreak)('$type never turns a break into ready', (event) => {
    const from = at(event.type === 'callFailed' ? 'onCall' : 'ringing', lunch);
    expect(words(nextAgentState(from, event, 2))).toBe('break lunch');
  });

  const takesTheChosen: [AgentStateName, AgentEvent][] = [
    ['wrapUp', { type: 'wrapUpFinished', rest: null }],
    ['wrapUp', { type: 'wrapUpExpired' }],
    ['ringing', { type: 'offerWithdrawn' }],
    ['ringing', { type: 'offerMissed' }],
    ['onCall', { type: 'callFailed' }],
  ];
  it.each(takesTheChosen)('%s takes the state chosen meanwhile', (from, event) => {
    expect(words(nextAgentState(at(from, ready, lunch), event, 2))).toBe('break lunch');
  });

  it('keeps the chosen state from the call into the wrap-up', () => {
    const chosen = nextAgentState(at('onCall'), { type: 'breakChosen', reason: 'lunch' }, 2);
    const wrapUp = chosen && nextAgentState(chosen, { type: 'callEnded' }, 3);
    const after = wrapUp && nextAgentState(wrapUp, { type: 'wrapUpFinished', rest: null }, 4);
    expect(words(after)).toBe('break lunch');
  });
});
