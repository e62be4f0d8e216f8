import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DeskCall } from '#shared/contract/models/calls.ts';
import { DeskError } from '#shared/result.ts';
import { startShift, type TestShift } from '#tests/support/deskShift.ts';

/** Whatever agents, callers and colleagues do, in whatever order: what must hold after each step. */
let desk: TestShift;
beforeAll(async () => {
  desk = await startShift();
});
afterAll(() => desk.stop());

const draft = {
  dispositionId: 'x',
  result: 'resolved' as const,
  notes: '',
  followUpAt: null,
  tags: [],
  ticketIds: [],
  customerId: null,
};

type Step = (desk: TestShift, pick: <T>(from: T[]) => T | undefined) => unknown;

function legOf({ number, callRef }: DeskCall, { phone }: TestShift) {
  return phone.legs().find((leg) => leg.callRef === callRef && number.raw !== '');
}

const live = ({ calls }: TestShift) => calls().filter(({ state }) => state !== 'ended');
const over = ({ calls }: TestShift) => calls().filter(({ state }) => state === 'ended');

const steps: Record<string, Step> = {
  'a caller rings': ({ phone }) => phone.legs().length < 4 && phone.offer(),
  'a colleague rings': ({ phone }) =>
    phone.legs().length < 4 && phone.offer({ number: '2042', queueId: null }),
  'the far side answers': ({ phone }, pick) => {
    const leg = pick(phone.legs().filter(({ state }) => state === 'dialling'));
    if (leg) phone.tell(leg, { state: 'talking' });
  },
  'the far side ends': ({ phone }, pick) => {
    const leg = pick(phone.legs());
    const how = leg?.state === 'ringing' ? 'cancelled' : 'completed';
    if (leg) phone.end(leg, { how });
  },
  'the line breaks': ({ phone }, pick) => {
    const leg = pick(phone.legs());
    const failure = { code: 'media-failed' as const, message: '' };
    if (leg) phone.end(leg, { by: 'system', how: 'failed', failure });
  },
  'a call becomes the caller’s': (d, pick) => {
    const call = pick(live(d).filter(({ kind }) => kind === 'colleague'));
    const leg = call && legOf(call, d);
    if (leg) d.phone.tell(leg, { number: '13800138000' });
  },
  answer: (d, pick) => {
    const call = pick(live(d).filter(({ state }) => state === 'ringing'));
    return call && d.ask['calls.answer']({ callId: call.id });
  },
  reject: (d, pick) => {
    const call = pick(live(d).filter(({ state }) => state === 'ringing'));
    return call && d.ask['calls.reject']({ callId: call.id, how: 'busy' });
  },
  'hang up': (d, pick) => {
    const call = pick(live(d));
    return call && d.ask['calls.hangUp']({ callId: call.id });
  },
  dial: ({ ask, phone }) =>
    phone.legs().length < 4 &&
    ask['calls.dial']({
      ...{ number: '13900139000', customerId: null, callerId: null, consent: false },
    }),
  'dial in vain': ({ ask, phone }) => {
    phone.refusals.set('dial', 'phone-not-registered');
    return ask['calls.dial']({
      ...{ number: '13900139000', customerId: null, callerId: null, consent: false },
    });
  },
  consult: (d, pick) => {
    const call = pick(live(d));
    const few = d.phone.legs().length < 4;
    return (
      call && few && d.ask['calls.consult']({ callId: call.id, target: '2042', consent: false })
    );
  },
  transfer: (d, pick) => {
    const call = pick(live(d));
    return call && d.ask['calls.transfer']({ callId: call.id, target: 'sales', consent: false });
  },
  join: (d, pick) => {
    const [one, other] = [pick(live(d)), pick(live(d).reverse())];
    return one && other && d.ask['calls.join']({ callId: one.id, otherId: other.id });
  },
  'test the headset': ({ ask }) => ask['devices.testCall']({}),
  finish: (d, pick) => {
    const call = pick(over(d));
    return call && d.ask['wrapUps.finish']({ callId: call.id, draft, rest: { state: 'ready' } });
  },
  park: (d, pick) => {
    const call = pick(d.calls());
    return call && d.ask['wrapUps.park']({ callId: call.id, draft });
  },
  'a while passes': ({ clock }) => clock.advance(25_000),
  'a long while passes': ({ clock }) => clock.advance(200_000),
  'choose ready': ({ ask }) => ask['agent.rest']({ state: 'ready' }),
  'choose a break': ({ ask }) => ask['agent.rest']({ state: 'break', reason: 'lunch' }),
};

/** Without these little happens. */
const often = ['a caller rings', 'answer', 'the far side answers', 'consult'];

/** What the desk refuses is an answer; anything else is a fault. */
async function take(name: string, seed: number): Promise<void> {
  const pick = <T>(from: T[]): T | undefined => from[seed % from.length];
  try {
    await steps[name]?.(desk, pick);
  } catch (error) {
    if (!(error instanceof DeskError)) throw error;
  }
}

async function check(): Promise<void> {
  const real = live(desk).filter(({ kind }) => kind !== 'test');
  const due = over(desk).filter(({ wrapUp }) => wrapUp === 'due');
  const { state } = desk.shift.agent.view();
  if (real.some((call) => call.state !== 'ringing')) expect(state).toBe('onCall');
  else if (real.length > 0) expect(state).toBe('ringing');
  else if (due.length > 0) expect(state).toBe('wrapUp');
  else expect(['ready', 'break']).toContain(state);
  expect(due.length).toBeLessThanOrEqual(1);
  if (due.length > 0) expect(state).toBe('wrapUp');
  for (const call of over(desk)) expect(['due', 'parked']).toContain(call.wrapUp);

  const userId = desk.shift.signedIn.user.id;
  const owed = desk.cache.callsWithoutWrapUp(userId, 1000).map(({ callId }) => callId);
  const shown = (await desk.ask['wrapUps.backlog']({})).map(({ callId }) => callId);
  const form = due.map(({ id }) => id);
  expect([...shown, ...form].sort().slice(-100)).toEqual([...owed].sort().slice(-100));
  expect(desk.log.lines.filter((line) => line.startsWith('error'))).toEqual([]);
}

/** So that one run does not carry its calls into the next. */
async function tidy(): Promise<void> {
  for (const leg of desk.phone.legs()) desk.phone.end(leg);
  desk.clock.advance(200_000);
  const userId = desk.shift.signedIn.user.id;
  for (const { callId } of desk.cache.callsWithoutWrapUp(userId, 1000)) {
    await desk.ask['wrapUps.finish']({ callId, draft, rest: { state: 'ready' } });
  }
  expect(desk.calls()).toEqual([]);
  await desk.ask['agent.rest']({ state: 'ready' });
}

test('the state says what there is to do, and no wrap-up is lost', async () => {
  const names = [...Object.keys(steps), ...often, ...often, ...often, ...often];
  const step = fc.tuple(fc.constantFrom(...names), fc.nat(11));
  const shift = fc.array(step, { minLength: 40, maxLength: 60, size: 'max' });
  await fc.assert(
    fc.asyncProperty(shift, async (taken) => {
      await tidy();
      for (const [name, seed] of taken) {
        await take(name, seed);
        await check();
      }
    }),
    { numRuns: 12 },
  );
});
