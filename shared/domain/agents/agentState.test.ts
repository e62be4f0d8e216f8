import { describe, expect, it } from 'vitest';
import {
  type AgentEvent,
  type AgentState,
  agentEventTypes,
  agentStateNames,
  breakEndOf,
  nextAgentState,
  type Resting,
  signedOutState,
} from './agentState.ts';

const lunch: Resting = { state: 'break', reason: 'lunch' };
const ready: Resting = { state: 'ready' };

/** Every state, and those in which there is more to do than one thing. */
const situations = {
  signedOut: {},
  break: { state: 'break', reason: 'lunch', before: lunch },
  ready: { state: 'ready', before: ready },
  ringing: { state: 'ringing', offers: 1 },
  'ringing in a break': { state: 'ringing', offers: 1, before: lunch },
  'ringing twice': { state: 'ringing', offers: 2 },
  'ringing, owing': { state: 'ringing', offers: 1, owesWrapUp: true },
  onCall: { state: 'onCall', calls: 1 },
  'onCall in a break': { state: 'onCall', calls: 1, before: lunch },
  'onCall twice': { state: 'onCall', calls: 2 },
  'onCall, one waiting': { state: 'onCall', calls: 1, offers: 1 },
  'onCall, owing': { state: 'onCall', calls: 1, owesWrapUp: true },
  wrapUp: { state: 'wrapUp', owesWrapUp: true },
  'wrapUp in a break': { state: 'wrapUp', owesWrapUp: true, before: lunch },
} satisfies Record<string, Partial<AgentState>>;
type Situation = keyof typeof situations;
const situationNames = Object.keys(situations) as Situation[];

function at(situation: Situation, next: Resting | null = null): AgentState {
  return { ...signedOutState, before: ready, since: 1, ...situations[situation], next };
}

const same = situationNames.map((name) => words(at(name)));
const no = situationNames.map(() => 'no');

/**
 * One row an event, one cell a situation in the order above: the state after it with the calls, offers
 * and wrap-ups there are; `no` where the event is not allowed.
 */
const table: [AgentEvent, string[]][] = [
  [{ type: 'signedIn', as: lunch }, ['break lunch', ...no.slice(1)]],
  [{ type: 'signedOut' }, situationNames.map(() => 'signedOut')],
  [{ type: 'readyChosen' }, ['no', 'ready', 'ready', ...same.slice(3)]],
  [{ type: 'breakChosen', reason: 'rest' }, ['no', 'break rest', 'break rest', ...same.slice(3)]],
  [
    { type: 'callOffered' },
    [
      ...['no', 'ringing o1', 'ringing o1'],
      ...['ringing o2', 'ringing o2', 'ringing o3', 'ringing o2 w'],
      ...['onCall c1 o1', 'onCall c1 o1', 'onCall c2 o1', 'onCall c1 o2', 'onCall c1 o1 w'],
      ...['no', 'no'],
    ],
  ],
  [
    { type: 'callDialled' },
    [
      ...['no', 'onCall c1', 'onCall c1'],
      ...['no', 'no', 'no', 'no'],
      ...['onCall c2', 'onCall c2', 'onCall c3', 'onCall c2 o1', 'onCall c2 w'],
      ...['onCall c1 w', 'onCall c1 w'],
    ],
  ],
  [
    { type: 'callAnswered' },
    [
      ...['no', 'no', 'no'],
      ...['onCall c1', 'onCall c1', 'onCall c1 o1', 'onCall c1 w'],
      ...['no', 'no', 'no', 'onCall c2', 'no'],
      ...['no', 'no'],
    ],
  ],
  [
    { type: 'offerWithdrawn' },
    [
      ...['no', 'no', 'no'],
      ...['ready', 'break lunch', 'ringing o1', 'wrapUp w'],
      ...['no', 'no', 'no', 'onCall c1', 'no'],
      ...['no', 'no'],
    ],
  ],
  [
    { type: 'offerMissed', leadsTo: 'break' },
    [
      ...['no', 'no', 'no'],
      ...['break missed', 'break lunch', 'ringing o1', 'wrapUp w'],
      ...['no', 'no', 'no', 'onCall c1', 'no'],
      ...['no', 'no'],
    ],
  ],
  [
    { type: 'offerMissed', leadsTo: 'ready' },
    [
      ...['no', 'no', 'no'],
      ...['ready', 'break lunch', 'ringing o1', 'wrapUp w'],
      ...['no', 'no', 'no', 'onCall c1', 'no'],
      ...['no', 'no'],
    ],
  ],
  [
    { type: 'callFailed' },
    [
      ...['no', 'no', 'no', 'no', 'no', 'no', 'no'],
      ...['ready', 'break lunch', 'onCall c1', 'ringing o1', 'wrapUp w'],
      ...['no', 'no'],
    ],
  ],
  [
    { type: 'callEnded', wrapUp: true },
    [
      ...['no', 'no', 'no', 'no', 'no', 'no', 'no'],
      ...['wrapUp w', 'wrapUp w', 'onCall c1 w', 'ringing o1 w', 'wrapUp w'],
      ...['no', 'no'],
    ],
  ],
  [
    { type: 'callEnded', wrapUp: false },
    [
      ...['no', 'no', 'no', 'no', 'no', 'no', 'no'],
      ...['ready', 'break lunch', 'onCall c1', 'ringing o1', 'wrapUp w'],
      ...['no', 'no'],
    ],
  ],
  [
    { type: 'wrapUpFinished', rest: null },
    [
      ...['no', 'no', 'no', 'no', 'no', 'no', 'ringing o1'],
      ...['no', 'no', 'no', 'no', 'onCall c1'],
      ...['ready', 'break lunch'],
    ],
  ],
  [
    { type: 'wrapUpFinished', rest: lunch },
    [
      ...['no', 'no', 'no', 'no', 'no', 'no', 'ringing o1'],
      ...['no', 'no', 'no', 'no', 'onCall c1'],
      ...['break lunch', 'break lunch'],
    ],
  ],
  [
    { type: 'wrapUpFinished', rest: ready },
    [
      ...['no', 'no', 'no', 'no', 'no', 'no', 'ringing o1'],
      ...['no', 'no', 'no', 'no', 'onCall c1'],
      ...['ready', 'ready'],
    ],
  ],
  [{ type: 'wrapUpExpired' }, [...no.slice(2), 'ready', 'break lunch']],
];

function words(state: AgentState | null): string {
  if (!state) return 'no';
  const { reason, calls, offers, owesWrapUp } = state;
  const parts: (string | false | null)[] = [
    state.state,
    reason,
    calls > 0 && `c${calls}`,
    offers > 0 && `o${offers}`,
    owesWrapUp && 'w',
  ];
  return parts.filter(Boolean).join(' ');
}

describe('agent state machine', () => {
  const cases = table.flatMap(([event, cells]) =>
    situationNames.map((from, column) => ({ event, from, to: cells[column] })),
  );

  it('has a cell for every event in every situation, and every state is one', () => {
    expect(new Set(table.map(([{ type }]) => type))).toEqual(new Set(agentEventTypes));
    expect(new Set(situationNames.map((name) => at(name).state))).toEqual(new Set(agentStateNames));
    for (const [{ type }, cells] of table) expect(cells, type).toHaveLength(situationNames.length);
  });

  it.each(cases)('$from, $event → $to', ({ event, from, to }) => {
    expect(words(nextAgentState(at(from), event, 2))).toBe(to);
  });

  it('keeps when a state began for as long as it lasts', () => {
    expect(nextAgentState(at('onCall'), { type: 'readyChosen' }, 9)?.since).toBe(1);
    expect(nextAgentState(at('onCall'), { type: 'callDialled' }, 9)?.since).toBe(1);
    expect(nextAgentState(at('onCall'), { type: 'callEnded', wrapUp: true }, 9)?.since).toBe(9);
  });

  const takesTheChosen: [Situation, AgentEvent][] = [
    ['wrapUp', { type: 'wrapUpFinished', rest: null }],
    ['wrapUp', { type: 'wrapUpExpired' }],
    ['ringing', { type: 'offerWithdrawn' }],
    ['ringing', { type: 'offerMissed', leadsTo: 'break' }],
    ['onCall', { type: 'callFailed' }],
    ['onCall', { type: 'callEnded', wrapUp: false }],
  ];
  it.each(takesTheChosen)('%s takes the state chosen meanwhile on $type', (from, event) => {
    expect(words(nextAgentState(at(from, lunch), event, 2))).toBe('break lunch');
  });

  it('keeps the chosen state over several calls into the wrap-up', () => {
    const events: AgentEvent[] = [
      { type: 'breakChosen', reason: 'lunch' },
      { type: 'callDialled' },
      { type: 'callEnded', wrapUp: false },
      { type: 'callEnded', wrapUp: true },
      { type: 'wrapUpFinished', rest: null },
    ];
    const after = events.reduce<AgentState>(
      (state, event) => nextAgentState(state, event, 2) ?? state,
      at('onCall'),
    );
    expect(words(after)).toBe('break lunch');
  });
});

describe('two calls that ring at once', () => {
  const outcome = (...events: AgentEvent[]) =>
    words(
      events.reduce<AgentState | null>(
        (state, event) => state && nextAgentState(state, event, 2),
        at('ringing'),
      ),
    );
  const second: AgentEvent = { type: 'callOffered' };
  const missed: AgentEvent = { type: 'offerMissed', leadsTo: 'break' };
  const withdrawn: AgentEvent = { type: 'offerWithdrawn' };

  it('lead to a break where one was missed, whatever became of the other', () => {
    expect(outcome(second, missed, withdrawn)).toBe('break missed');
    expect(outcome(second, withdrawn, missed)).toBe('break missed');
    expect(outcome(second, missed, missed)).toBe('break missed');
    expect(outcome(second, withdrawn, withdrawn)).toBe('ready');
  });

  it('do not where the other was taken, or the agent chose something else', () => {
    const ended: AgentEvent = { type: 'callEnded', wrapUp: false };
    expect(outcome(second, missed, { type: 'callAnswered' }, ended)).toBe('ready');
    expect(outcome(second, missed, { type: 'breakChosen', reason: 'lunch' }, withdrawn)).toBe(
      'break lunch',
    );
    expect(outcome(second, { ...missed, leadsTo: 'ready' }, withdrawn)).toBe('ready');
  });
});

describe('the end of a break', () => {
  const limits = { lunch: 60_000 };

  it('comes when the time for its reason is over', () => {
    expect(breakEndOf(at('break'), limits)).toBe(60_001);
  });

  it.each<Situation>(['ready', 'onCall', 'onCall in a break'])('is nothing for %s', (situation) => {
    expect(breakEndOf(at(situation), limits)).toBeNull();
  });

  it('is nothing for a reason without a limit', () => {
    expect(breakEndOf({ ...at('break'), reason: 'training' }, limits)).toBeNull();
  });
});
