import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { defaultConfiguration } from '#shared/sample/configuration.ts';
import { practiceUsers } from '#shared/sample/practiceUsers.ts';
import { customerId, startShift, type TestShift } from '#tests/support/deskShift.ts';

/** The desk's calls on a scripted phone: what reaches window, records and agent state. */
let desk: TestShift;
beforeEach(async () => {
  desk = await startShift();
});
afterEach(() => desk.stop());

const draft = {
  dispositionId: 'x',
  result: 'resolved' as const,
  notes: 'done',
  followUpAt: null,
  tags: [],
  ticketIds: [],
  customerId: null,
};
const ready = { state: 'ready' } as const;

async function talk(more = {}) {
  const leg = desk.phone.offer(more);
  const call = desk.call(-1);
  await desk.ask['calls.answer']({ callId: call.id });
  return { leg, call };
}

describe('one call', () => {
  test('rings, is answered, is wrapped up, and rests', async () => {
    const { leg, call } = await talk();
    expect(call).toMatchObject({ kind: 'customer', customerId, customerName: '张伟' });
    expect(desk.state()).toBe('onCall');
    desk.phone.end(leg);
    expect(desk.call()).toMatchObject({ state: 'ended', wrapUp: 'due', result: 'answered' });
    expect(desk.state()).toBe('wrapUp');
    await desk.ask['wrapUps.finish']({ callId: call.id, draft, rest: ready });
    expect(desk.calls()).toEqual([]);
    expect(desk.state()).toBe('ready');
    expect(desk.cache.timeline(customerId, null, 10)).toMatchObject([{ refId: call.id }]);
  });

  test('keeps who ended it, its audio and whom it came from', async () => {
    const report = {
      ...{ codec: 'opus', path: 'host/host udp', mos: { average: 4.2, lowest: 3.9 } },
      ...{ packetsReceived: 5, packetsLost: 0, jitterMs: 2, roundTripMs: 9, poorMs: 0 },
      states: [{ state: 'ringing', at: 1 }],
    };
    const { leg, call } = await talk({ transferredBy: '2042' });
    expect(call.transferredBy).toBe('陈浩');
    const measured = { mos: 4.2, loss: 0, jitterMs: 2, roundTripMs: 9, poorSince: null };
    const quality = { level: 'good' as const, ...measured };
    desk.phone.tell(leg, { quality });
    expect(desk.call().quality).toEqual(quality);
    desk.phone.end(leg, { by: 'agent', report });
    const record = desk.cache.record('call', call.id);
    expect(record).toMatchObject({ endedBy: 'agent', report, transferredBy: '陈浩' });
  });

  test('offered twice under one reference pops once', () => {
    const leg = desk.phone.offer();
    desk.phone.offer({ leg: leg.leg, callRef: leg.callRef });
    desk.phone.offer({ leg: 'other', callRef: leg.callRef });
    expect(desk.calls()).toHaveLength(1);
    expect(desk.phone.asked).toContain('reject other busy');
  });

  test('that comes back to the agent in the same journey is a part of its own', async () => {
    const first = await talk({ callRef: 'journey' });
    desk.phone.end(first.leg);
    await desk.ask['wrapUps.finish']({ callId: first.call.id, draft, rest: ready });
    const second = await talk({ callRef: 'journey' });
    expect(second.call.id).not.toBe(first.call.id);
    expect(desk.cache.record('call', first.call.id)?.endedAt).not.toBeNull();
    expect(desk.cache.record('call', second.call.id)?.callRef).toBe('journey');
  });

  test('cut off offers whom to call again, and dialling takes the place of the wrap-up', async () => {
    const { leg, call } = await talk();
    desk.phone.end(leg, { by: 'system', how: 'failed' });
    const details = { number: '138 0013 8000', dial: '+8613800138000', customerId };
    expect(desk.notices()).toMatchObject([
      { id: `lost:${call.id}`, failure: { code: 'call-lost', details } },
    ]);
    const again = await desk.ask['calls.dial']({
      ...{ number: details.dial, customerId, callerId: null, consent: false },
    });
    expect(desk.state()).toBe('onCall');
    expect(desk.shift.calls.get(call.id)).toMatchObject({ wrapUp: 'parked', wrapUpEndsAt: null });
    desk.phone.end(desk.phone.last, { how: 'failed', by: 'customer' });
    expect(desk.calls().map(({ id }) => id)).toEqual([call.id]);
    expect(again.id).not.toBe(call.id);
    expect(desk.call()).toMatchObject({ wrapUp: 'due' });
    expect(desk.state()).toBe('wrapUp');
  });

  test('listened into by this desk is no call', () => {
    desk.phone.offer({ listening: '2042', autoAnswer: true });
    expect(desk.calls()).toEqual([]);
    expect(desk.state()).toBe('ready');
    expect(desk.phone.asked.filter((asked) => asked.startsWith('answer'))).toEqual([]);
  });
});

describe('several calls', () => {
  test('on hold tells since when, whatever else changes meanwhile', async () => {
    const { leg } = await talk();
    const since = desk.clock.now();
    desk.phone.tell(leg, { state: 'held' });
    desk.clock.advance(5_000);
    desk.phone.tell(leg, { muted: true });
    expect(desk.call()).toMatchObject({ state: 'held', heldSince: since });
    desk.phone.tell(leg, { state: 'talking' });
    expect(desk.call().heldSince).toBeNull();
  });

  test('a call waits beside another; answering it holds the first', async () => {
    const first = await talk();
    desk.phone.offer({ number: '13900139000' });
    expect(desk.state()).toBe('onCall');
    const waiting = desk.call(1);
    expect(waiting).toMatchObject({ state: 'ringing', autoAnswerAt: null });
    await desk.ask['calls.answer']({ callId: waiting.id });
    expect(desk.calls().map(({ state }) => state)).toEqual(['held', 'talking']);
    await desk.ask['calls.hold']({ callId: first.call.id, on: false });
    expect(desk.calls().map(({ state }) => state)).toEqual(['talking', 'held']);
  });

  test('the first form waits for the last call; the newest opens, the other is in the backlog', async () => {
    const first = await talk();
    const second = await talk({ number: '13900139000' });
    desk.phone.end(first.leg);
    expect(desk.call(0)).toMatchObject({ state: 'ended', wrapUp: 'parked', wrapUpEndsAt: null });
    expect(desk.state()).toBe('onCall');
    expect(await desk.ask['wrapUps.backlog']({})).toMatchObject([{ callId: first.call.id }]);
    desk.clock.advance(1_000);
    desk.phone.end(second.leg);
    expect(desk.calls()).toMatchObject([{ id: second.call.id, wrapUp: 'due' }]);
    expect(await desk.ask['wrapUps.backlog']({})).toMatchObject([{ callId: first.call.id }]);
    expect(desk.state()).toBe('wrapUp');
  });

  test('a form finished from the backlog meanwhile is asked for no more', async () => {
    const { leg, call } = await talk();
    const consult = await desk.ask['calls.consult']({
      ...{ callId: call.id, target: '2042', consent: false },
    });
    desk.phone.tell(desk.phone.last, { state: 'talking' });
    desk.phone.end(leg);
    await desk.ask['wrapUps.finish']({ callId: call.id, draft, rest: ready });
    expect(desk.state()).toBe('onCall');
    expect(desk.calls().map(({ id }) => id)).toEqual([consult.id]);
    desk.phone.end(desk.phone.last);
    expect(desk.state()).toBe('ready');
  });

  test('signing out in the wrap-up keeps the half-typed ticket with the customer', async () => {
    const { leg, call } = await talk();
    desk.phone.end(leg);
    await desk.ask['drafts.put']({ key: `ticket:${call.id}`, json: '{}' });
    desk.shift.wrapUps.stop();
    expect(desk.calls()).toEqual([]);
    expect(desk.cache.draft(`ticket:${customerId}`)).toBe('{}');
    expect(await desk.ask['wrapUps.backlog']({})).toMatchObject([{ callId: call.id }]);
  });

  test('a form whose time is over goes to the backlog, and the rest is as before', async () => {
    const { leg, call } = await talk();
    desk.phone.end(leg);
    const endsAt = desk.call().wrapUpEndsAt ?? 0;
    await desk.ask['wrapUps.extend']({ callId: call.id });
    desk.clock.advance(endsAt - desk.clock.now());
    expect(desk.state()).toBe('wrapUp');
    desk.clock.advance(60_000);
    expect(desk.state()).toBe('ready');
    expect(await desk.ask['wrapUps.backlog']({})).toMatchObject([{ callId: call.id }]);
  });

  test('putting a form aside while its call is on ends nothing', async () => {
    const { call } = await talk();
    await desk.ask['wrapUps.park']({ callId: call.id, draft });
    expect(desk.call().state).toBe('talking');
    expect(desk.state()).toBe('onCall');
  });

  test('the board shows the call that is talked in', async () => {
    const first = await talk();
    const second = await talk({ number: '13900139000' });
    const shown = () => desk.cache.record('presence', desk.shift.signedIn.user.id)?.callId;
    expect(shown()).toBe(second.call.id);
    await desk.ask['calls.hold']({ callId: first.call.id, on: false });
    expect(shown()).toBe(first.call.id);
  });

  test('a missed call beside another leaves the agent on the call', async () => {
    await talk();
    const waiting = desk.phone.offer({ number: '13900139000' });
    desk.clock.advance(20_000);
    desk.phone.end(waiting, { how: 'cancelled' });
    expect(desk.state()).toBe('onCall');
    expect(desk.calls()).toHaveLength(1);
  });
});

describe('calls that are taken by themselves', () => {
  const autoAnswer = (change: boolean) =>
    desk.configure({
      queues: defaultConfiguration.queues.map((queue) => ({ ...queue, autoAnswer: change })),
    });

  test('of a queue that wants it, after a moment in which it is seen', async () => {
    await autoAnswer(true);
    desk.phone.offer();
    expect(desk.call()).toMatchObject({ state: 'ringing', autoAnswerAt: desk.clock.now() + 2_000 });
    desk.clock.advance(1_999);
    expect(desk.call().state).toBe('ringing');
    desk.clock.advance(1);
    expect(desk.call()).toMatchObject({ state: 'talking', autoAnswerAt: null });
  });

  test('of a PBX that asks for it', () => {
    desk.phone.offer({ autoAnswer: true });
    desk.clock.advance(2_000);
    expect(desk.call().state).toBe('talking');
  });

  test('not where the agent was on a break', async () => {
    await desk.ask['agent.rest']({ state: 'break', reason: 'lunch' });
    desk.phone.offer({ autoAnswer: true });
    expect(desk.call().autoAnswerAt).toBeNull();
    desk.clock.advance(10_000);
    expect(desk.call().state).toBe('ringing');
  });

  test('on a break only where this desk asked for the call', async () => {
    await desk.ask['agent.rest']({ state: 'break', reason: 'lunch' });
    desk.shift.calls.expectCall();
    desk.phone.offer({ autoAnswer: true });
    desk.clock.advance(2_000);
    expect(desk.call().state).toBe('talking');
  });

  test('not beside another call', async () => {
    await talk();
    desk.phone.offer({ autoAnswer: true, number: '13900139000' });
    desk.clock.advance(10_000);
    expect(desk.call(1).state).toBe('ringing');
  });

  test('not once the caller is gone', () => {
    const leg = desk.phone.offer({ autoAnswer: true });
    desk.phone.end(leg, { how: 'cancelled' });
    desk.clock.advance(10_000);
    expect(desk.phone.asked.filter((asked) => asked.startsWith('answer'))).toEqual([]);
  });

  test('ring on where the microphone is denied, and say why', async () => {
    desk.phone.refusals.set('answer', 'microphone-denied');
    desk.phone.offer({ autoAnswer: true });
    desk.clock.advance(2_000);
    const ringsOn = { state: 'ringing', failure: { code: 'microphone-denied' } };
    await vi.waitFor(() => expect(desk.call()).toMatchObject(ringsOn), { timeout: 60_000 });
  });
});

describe('recording and listening', () => {
  test('the gap of a card number is kept with the call, also one that the end closes', async () => {
    const { leg, call } = await talk();
    desk.shift.calls.heardRecording(leg.callRef, 'on');
    expect(desk.call().recording).toBe('on');
    const from = desk.clock.now();
    desk.shift.calls.heardRecording(leg.callRef, 'paused');
    desk.clock.advance(5_000);
    desk.shift.calls.heardRecording(leg.callRef, 'on');
    desk.clock.advance(5_000);
    desk.shift.calls.heardRecording(leg.callRef, 'paused');
    desk.clock.advance(5_000);
    desk.phone.end(leg);
    expect(desk.cache.record('call', call.id)?.recordingGaps).toEqual([
      { from, to: from + 5_000 },
      { from: from + 10_000, to: from + 15_000 },
    ]);
  });

  test('the centre pauses and resumes it, and says where it cannot', async () => {
    const { leg, call } = await talk();
    await desk.ask['calls.record']({ callId: call.id, on: false });
    expect(desk.centre.asked).toEqual([`record ${leg.callRef} false`]);
    expect(desk.call().recording).toBe('paused');
    await desk.ask['calls.record']({ callId: call.id, on: true });
    expect(desk.call().recording).toBe('on');
    desk.centre.refusals.push('connector-absent');
    const refused = desk.ask['calls.record']({ callId: call.id, on: false });
    await expect(refused).rejects.toMatchObject({ code: 'connector-absent' });
    expect(desk.call().recording).toBe('on');
  });

  test('who listens in is shown and goes again', async () => {
    const { leg } = await talk();
    const listener = { name: '吴敏', mode: 'whisper' } as const;
    desk.shift.calls.heardListener(leg.callRef, listener);
    expect(desk.call().listener).toEqual(listener);
    desk.shift.calls.heardListener(leg.callRef, null);
    expect(desk.call().listener).toBeNull();
  });

  test('a listening is left also where the centre cannot be told', async () => {
    const userId = practiceUsers[1]?.id ?? '';
    const nothing = { reason: null, callId: null, customerName: null, queueId: null };
    const presence = { userId, name: '陈浩', state: 'onCall' as const, since: 1, ...nothing };
    desk.cache.change([{ entity: 'presence', id: userId, fields: presence }], userId);
    await desk.ask['team.listen']({ userId, mode: 'listen' });
    expect(desk.shift.supervision.view().listening).toMatchObject({ userId });
    desk.centre.refusals.push('server-unreachable');
    const refused = desk.ask['team.stopListening']({});
    await expect(refused).rejects.toMatchObject({ code: 'server-unreachable' });
    expect(desk.shift.supervision.view().listening).toBeNull();
  });
});
