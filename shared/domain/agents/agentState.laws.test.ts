import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AgentEvent,
  type AgentState,
  breakReasons,
  nextAgentState,
  type Resting,
  signedOutState,
} from './agentState.ts';

const ready: Resting = { state: 'ready' };

const anyResting = fc.oneof(
  fc.constant<Resting>(ready),
  fc.constantFrom(...breakReasons).map((reason): Resting => ({ state: 'break', reason })),
);

function plain<T extends AgentEvent['type']>(type: T) {
  return fc.constant({ type });
}

const anyEvent: fc.Arbitrary<AgentEvent> = fc.oneof(
  fc.record({ type: fc.constant('signedIn' as const), as: anyResting }),
  plain('signedOut'),
  plain('readyChosen'),
  fc.record({
    type: fc.constant('breakChosen' as const),
    reason: fc.constantFrom(...breakReasons),
  }),
  ...[plain('callOffered'), plain('callDialled'), plain('callAnswered')],
  ...[plain('offerWithdrawn'), plain('callFailed'), plain('wrapUpExpired')],
  fc.record({
    type: fc.constant('offerMissed' as const),
    leadsTo: fc.constantFrom('break' as const, 'ready' as const),
  }),
  fc.record({ type: fc.constant('callEnded' as const), wrapUp: fc.boolean() }),
  fc.record({ type: fc.constant('wrapUpFinished' as const), rest: fc.option(anyResting) }),
);

/** Every step of a shift: the state before, what happened, the state after. */
function stepsOf(events: AgentEvent[]): { from: AgentState; event: AgentEvent; to: AgentState }[] {
  let from = signedOutState;
  return events.flatMap((event, index) => {
    const to = nextAgentState(from, event, index + 1);
    if (!to) return [];
    const step = { from, event, to };
    from = to;
    return [step];
  });
}

function hold(law: (steps: ReturnType<typeof stepsOf>) => void): void {
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 60 }), (events) => law(stepsOf(events))),
    { numRuns: 500 },
  );
}

/** What the agent asked for with this event, if anything. */
function wishOf(event: AgentEvent): Resting | null {
  if (event.type === 'signedIn') return event.as;
  if (event.type === 'readyChosen') return ready;
  if (event.type === 'breakChosen') return { state: 'break', reason: event.reason };
  return event.type === 'wrapUpFinished' ? event.rest : null;
}

describe('laws of the agent state machine', () => {
  it('a break becomes ready only by the wish of the agent', () => {
    hold((steps) => {
      let mayBeReady = false;
      for (const { event, to } of steps) {
        const wish = wishOf(event);
        if (wish) mayBeReady = wish.state === 'ready';
        if (to.state === 'break') mayBeReady = false;
        if (to.state === 'ready') expect(mayBeReady).toBe(true);
      }
    });
  });

  it('only signing out signs out, and only signing in leads back', () => {
    hold((steps) => {
      for (const { from, event, to } of steps) {
        expect(to.state === 'signedOut').toBe(event.type === 'signedOut');
        if (from.state === 'signedOut') expect(['signedIn', 'signedOut']).toContain(event.type);
      }
    });
  });

  it('the state says what there is to do', () => {
    hold((steps) => {
      for (const { to } of steps) {
        const { calls, offers, owesWrapUp } = to;
        expect(Math.min(calls, offers)).toBeGreaterThanOrEqual(0);
        if (calls > 0) expect(to.state).toBe('onCall');
        else if (offers > 0) expect(to.state).toBe('ringing');
        else if (owesWrapUp) expect(to.state).toBe('wrapUp');
        else expect(['signedOut', 'break', 'ready']).toContain(to.state);
      }
    });
  });

  it('after a call that needs a wrap-up the agent rests only once it was asked for', () => {
    hold((steps) => {
      let owes = false;
      for (const { event, to } of steps) {
        if (event.type === 'callEnded' && event.wrapUp) owes = true;
        if (/^(wrapUp|signedOut)/.test(event.type)) owes = false;
        if (owes) expect(['onCall', 'ringing', 'wrapUp']).toContain(to.state);
      }
    });
  });

  it('a state that goes on keeps its beginning, and no other does', () => {
    hold((steps) => {
      for (const { from, event, to } of steps) {
        const goesOn = to.state === from.state && to.reason === from.reason;
        if (!goesOn) expect(to.since).toBeGreaterThan(from.since);
        else if (event.type !== 'signedOut') expect(to.since).toBe(from.since);
      }
    });
  });
});
