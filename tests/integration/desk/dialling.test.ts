import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { usualPhone } from '#shared/domain/configuration.ts';
import { customerId, startShift, type TestShift } from '#tests/support/deskShift.ts';

/** Calls that the agent makes, passes on and brings together, on a scripted phone. */
let desk: TestShift;
beforeEach(async () => {
  desk = await startShift();
});
afterEach(() => desk.stop());

const dial = (number: string, more: { consent?: boolean; callerId?: string } = {}) =>
  desk.ask['calls.dial']({ number, customerId: null, callerId: null, consent: false, ...more });

async function talk() {
  const leg = desk.phone.offer();
  const call = desk.call(-1);
  await desk.ask['calls.answer']({ callId: call.id });
  return { leg, callId: call.id };
}

async function consulting() {
  const first = await talk();
  const call = await desk.ask['calls.consult']({ ...first, target: '2042', consent: false });
  return { first, consult: { callId: call.id, leg: desk.phone.last } };
}

const recorded = (callId: string) => desk.cache.record('call', callId);

describe('dialling', () => {
  test('an outside number is a call of a customer, with the card of the one who has it', async () => {
    const call = await dial(' 138-0013-8000 ');
    expect(call).toMatchObject({ kind: 'customer', direction: 'out', customerId });
    expect(desk.phone.asked).toContain('dial +8613800138000');
    expect(desk.state()).toBe('onCall');
    desk.phone.tell(desk.phone.last, { state: 'talking' });
    desk.phone.end(desk.phone.last);
    expect(desk.state()).toBe('wrapUp');
  });

  test('shows the usual number outside, the chosen one if asked, and no other', async () => {
    await dial('13900139000');
    expect(desk.phone.dialled.at(-1)).toEqual({ callerId: '+862160035000' });
    await dial('13900139000', { callerId: '+862160035200' });
    expect(desk.phone.dialled.at(-1)).toEqual({ callerId: '+862160035200' });
    const wrong = dial('13900139000', { callerId: '+8610' });
    await expect(wrong).rejects.toMatchObject({ code: 'invalid-input' });
    expect(desk.phone.dialled).toHaveLength(2);
  });

  test('a colleague leaves neither card nor wrap-up nor entry, and the break stays a break', async () => {
    await desk.ask['agent.rest']({ state: 'break', reason: 'training' });
    const call = await dial('2042');
    expect(call).toMatchObject({ kind: 'colleague', callerName: '陈浩' });
    expect(desk.phone.dialled.at(-1)).toEqual({ callerId: undefined });
    desk.phone.tell(desk.phone.last, { state: 'talking' });
    desk.phone.end(desk.phone.last);
    expect(desk.calls()).toEqual([]);
    expect(desk.state()).toBe('break training');
    expect(await desk.ask['wrapUps.backlog']({})).toEqual([]);
    expect(recorded(call.id)).toMatchObject({ kind: 'colleague', result: 'answered' });
    expect(desk.cache.record('contact', call.id)).toBeNull();
  });

  test.each([
    ['110', 'emergency'],
    ['+49 30 23125000', 'international'],
  ])('%s is dialled once the agent has agreed', async (number, reason) => {
    await expect(dial(number)).rejects.toMatchObject({
      code: 'number-needs-consent',
      details: { reason },
    });
    expect(desk.phone.asked.filter((asked) => asked.startsWith('dial'))).toEqual([]);
    expect(desk.state()).toBe('ready');
    await dial(number, { consent: true });
    expect(desk.state()).toBe('onCall');
  });

  test('what the centre does not allow is not dialled, with consent or without', async () => {
    const refusal = { code: 'number-refused', details: { reason: 'premium' } };
    await expect(dial('16812345', { consent: true })).rejects.toMatchObject(refusal);
    const { callId } = await talk();
    const passed = { callId, target: '16812345', consent: true };
    await expect(desk.ask['calls.transfer'](passed)).rejects.toMatchObject(refusal);
    await expect(desk.ask['calls.consult'](passed)).rejects.toMatchObject(refusal);
    expect(desk.call().state).toBe('talking');
  });

  test('a number of the centre’s own directory needs no consent', async () => {
    const directory = [{ number: '+49 30 23125000', name: { en: 'Maker', 'zh-CN': '厂家' } }];
    await desk.configure({ phone: { ...usualPhone, directory } });
    expect(await dial('004930 23125000')).toMatchObject({ kind: 'colleague', callerName: '厂家' });
  });

  test('a call that fails at once leaves the agent in the break, and says why', async () => {
    await desk.ask['agent.rest']({ state: 'break', reason: 'lunch' });
    desk.phone.refusals.set('dial', 'phone-not-registered');
    await expect(dial('13900139000')).rejects.toMatchObject({ code: 'phone-not-registered' });
    expect(desk.state()).toBe('break lunch');
    expect(desk.calls()).toEqual([]);
  });

  test('a call that fails while it is being dialled is not forgotten', async () => {
    await desk.ask['agent.rest']({ state: 'break', reason: 'lunch' });
    const failure = { code: 'number-busy' as const, message: '' };
    desk.phone.whileDialling = (leg) => desk.phone.end(leg, { how: 'failed', failure });
    await dial('13900139000');
    expect(desk.calls()).toEqual([]);
    expect(desk.state()).toBe('break lunch');
    const details = { number: '139 0013 9000', dial: '+8613900139000', customerId: null };
    expect(desk.notices()).toMatchObject([{ failure: { code: 'number-busy', details } }]);
    desk.phone.whileDialling = () => {};
    await dial('13800138000');
    expect(desk.notices()).toHaveLength(1);
    await dial(details.dial);
    expect(desk.notices()).toEqual([]);
  });

  test('of a long list of numbers that are busy the last ones are told', async () => {
    const failure = { code: 'number-busy' as const, message: '' };
    desk.phone.whileDialling = (leg) => desk.phone.end(leg, { how: 'failed', failure });
    const numbers = Array.from({ length: 25 }, (_, index) => `139001390${10 + index}`);
    for (const number of numbers) await dial(number);
    const told = desk.notices().map(({ failure: { details } }) => details?.dial);
    expect(told).toEqual(numbers.slice(-20).map((number) => `+86${number}`));
  });

  test('is not for an agent whom a call rings', async () => {
    desk.phone.offer();
    await expect(dial('13900139000')).rejects.toMatchObject({ code: 'state-not-allowed' });
    expect(desk.state()).toBe('ringing');
  });

  test('a second call holds the first', async () => {
    await talk();
    await dial('13900139000');
    expect(desk.calls().map(({ state }) => state)).toEqual(['held', 'dialling']);
    expect(desk.state()).toBe('onCall');
  });

  test('the phone follows the rules of the centre, also when they change', async () => {
    expect(desk.phone.rules).toEqual({ digits: 'rtp', waitingCalls: 1 });
    await desk.configure({ phone: { ...usualPhone, digits: 'info', waitingCalls: 0 } });
    expect(desk.phone.rules).toEqual({ digits: 'info', waitingCalls: 0 });
  });
});

describe('a test call', () => {
  test('leaves nothing: no state, no record, no notice', async () => {
    const before = desk.cache.outbox().waiting;
    const call = await desk.ask['devices.testCall']({});
    expect(call).toMatchObject({ kind: 'test', state: 'dialling' });
    desk.phone.tell(desk.phone.last, { state: 'talking' });
    expect(desk.state()).toBe('ready');
    desk.phone.end(desk.phone.last, { how: 'failed', by: 'system' });
    expect(desk.calls()).toEqual([]);
    expect(desk.notices()).toEqual([]);
    expect(recorded(call.id)).toBeNull();
    expect(desk.cache.outbox().waiting).toBe(before);
  });

  test('that fails says why, until the next try', async () => {
    await desk.ask['devices.testCall']({});
    const failure = { code: 'number-unknown' as const, message: '' };
    desk.phone.end(desk.phone.last, { how: 'failed', by: 'system', failure });
    expect(desk.notices()).toMatchObject([{ failure: { code: 'number-unknown' } }]);
    await desk.ask['devices.testCall']({});
    expect(desk.notices()).toEqual([]);
  });

  test('gives way to a caller', async () => {
    await desk.ask['devices.testCall']({});
    desk.phone.tell(desk.phone.last, { state: 'talking' });
    desk.phone.offer();
    expect(desk.calls().map(({ kind, state }) => [kind, state])).toEqual([['customer', 'ringing']]);
  });

  test('gives way to a call that the agent makes', async () => {
    await desk.ask['devices.testCall']({});
    desk.phone.tell(desk.phone.last, { state: 'talking' });
    await dial('13800138000');
    expect(desk.calls().map(({ kind }) => kind)).toEqual(['customer']);
    expect(desk.state()).toBe('onCall');
  });

  test('is not for an agent in a call, nor for a PBX without echo', async () => {
    await talk();
    await expect(desk.ask['devices.testCall']({})).rejects.toMatchObject({ code: 'call-state' });
    await desk.configure({ phone: { ...usualPhone, echoNumber: null } });
    const none = async () => desk.ask['devices.testCall']({});
    await expect(none()).rejects.toMatchObject({ code: 'number-unknown' });
  });
});

describe('passing a call on', () => {
  test('blind: it ends here with its wrap-up, and whom it went to is kept', async () => {
    const { callId } = await talk();
    await desk.ask['calls.transfer']({ callId, target: '2042', consent: false });
    expect(desk.phone.asked).toContain('transfer leg-1 2042');
    expect(desk.call()).toMatchObject({ state: 'ended', endedBy: 'agent', wrapUp: 'due' });
    expect(recorded(callId)).toMatchObject({ transferredTo: '陈浩', result: 'answered' });
  });

  test('to a queue by its id', async () => {
    const { callId } = await talk();
    await desk.ask['calls.transfer']({ callId, target: 'sales', consent: false });
    expect(desk.phone.asked).toContain('transfer leg-1 sales');
    expect(recorded(callId)).toMatchObject({ transferredTo: '销售咨询' });
  });

  test('refused: it stays, and nothing says that it was passed on', async () => {
    const { leg, callId } = await talk();
    desk.phone.refusals.set('transfer', 'number-busy');
    const transfer = desk.ask['calls.transfer']({ callId, target: '2042', consent: false });
    await expect(transfer).rejects.toMatchObject({ code: 'number-busy' });
    expect(desk.call().state).toBe('talking');
    desk.phone.end(leg);
    expect(recorded(callId)?.transferredTo).toBeNull();
  });

  test('warm: the colleague is asked while the caller is on hold, then both are joined', async () => {
    const { first, consult } = await consulting();
    expect(desk.calls()).toMatchObject([
      { id: first.callId, state: 'held' },
      { id: consult.callId, kind: 'colleague', consultFor: first.callId, state: 'dialling' },
    ]);
    desk.phone.tell(consult.leg, { state: 'talking' });
    await desk.ask['calls.join']({ callId: first.callId, otherId: consult.callId });
    expect(desk.phone.asked).toContain(`join ${first.leg.leg} ${consult.leg.leg}`);
    expect(desk.calls()).toMatchObject([{ id: first.callId, wrapUp: 'due' }]);
    expect(recorded(first.callId)).toMatchObject({ transferredTo: '陈浩' });
    expect(recorded(consult.callId)).toMatchObject({ kind: 'colleague', transferredTo: '张伟' });
    expect(desk.cache.record('contact', consult.callId)).toBeNull();
    expect(desk.state()).toBe('wrapUp');
  });

  test('warm, and nobody there: the caller is back without a key', async () => {
    const { first, consult } = await consulting();
    desk.phone.end(consult.leg, { how: 'failed', failure: { code: 'number-busy', message: '' } });
    expect(desk.phone.asked.at(-1)).toBe(`hold ${first.leg.leg} false`);
    expect(desk.calls()).toMatchObject([{ id: first.callId, state: 'talking' }]);
    expect(desk.notices()).toMatchObject([{ failure: { code: 'number-busy' } }]);
  });

  test('warm, and the caller gives up: the colleague stays, the form comes after', async () => {
    const { first, consult } = await consulting();
    desk.phone.tell(consult.leg, { state: 'talking' });
    desk.phone.end(first.leg);
    expect(desk.shift.calls.get(consult.callId).consultFor).toBeNull();
    expect(desk.state()).toBe('onCall');
    desk.phone.end(consult.leg);
    expect(desk.calls()).toMatchObject([{ id: first.callId, wrapUp: 'due' }]);
    expect(desk.state()).toBe('wrapUp');
  });

  test('a call that rings can be neither passed on nor asked about', async () => {
    desk.phone.offer();
    const callId = desk.call().id;
    const state = { code: 'call-state' };
    const to = { callId, target: '2042', consent: false };
    await expect(desk.ask['calls.transfer'](to)).rejects.toMatchObject(state);
    await expect(desk.ask['calls.consult'](to)).rejects.toMatchObject(state);
    const joined = desk.ask['calls.join']({ callId, otherId: callId });
    await expect(joined).rejects.toMatchObject(state);
  });

  test('a call that a colleague asked about and then passed on becomes the customer’s', async () => {
    const leg = desk.phone.offer({ number: '2042', queueId: null, callRef: 'asking' });
    const { id } = desk.call();
    expect(desk.call()).toMatchObject({ kind: 'colleague', callerName: '陈浩', customerId: null });
    await desk.ask['calls.answer']({ callId: id });
    desk.phone.tell(leg, { number: '+8613800138000', callRef: 'journey', queueId: 'support' });
    expect(desk.call()).toMatchObject({
      ...{ id, kind: 'customer', customerId, callRef: 'journey', queueId: 'support' },
    });
    desk.phone.end(leg);
    expect(desk.call()).toMatchObject({ wrapUp: 'due' });
    expect(recorded(id)).toMatchObject({ kind: 'customer', callRef: 'journey' });
    expect(desk.cache.timeline(customerId, null, 10)).toMatchObject([{ refId: id }]);
  });
});

describe('a conference', () => {
  test('brings the calls together and lets them go again', async () => {
    const { first, consult } = await consulting();
    desk.phone.tell(consult.leg, { state: 'talking' });
    const callIds = [first.callId, consult.callId];
    await desk.ask['calls.confer']({ callIds });
    expect(desk.phone.asked).toContain(`confer ${first.leg.leg} ${consult.leg.leg}`);
    expect(desk.calls().map(({ conference }) => conference)).toEqual([true, true]);
    await desk.ask['calls.confer']({ callIds: [] });
    expect(desk.phone.asked.at(-1)).toBe('confer ');
  });
});
