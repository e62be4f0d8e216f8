import { SessionState } from 'sip.js';
import { describe, expect, it, vi } from 'vitest';
import { reached } from '../desk/practiceDesk.ts';
import { caller, openPractice } from './practiceSite.ts';

const site = openPractice();

describe('recording', () => {
  it('runs from the answer on, and marks its gaps', async () => {
    await site.start();
    const agent = await site.readyDesk('1001');
    const started = site.next('recordingChanged');
    const { invitation, callRef } = await site.talking(agent);
    expect(await started).toMatchObject({ callRef, state: 'on', gaps: [] });
    await agent.media(invitation).heard;
    const recordedMs = () => site.pbx.state().calls[0]?.recording.recordedMs ?? 0;
    await vi.waitFor(() => expect(recordedMs()).toBeGreaterThan(100), 50_000);

    const paused = site.next('recordingChanged');
    const fromMs = site.clock.now();
    const set = (state: string) => site.ask('POST', `/calls/${callRef}/recording`, { state });
    expect(await set('paused')).toEqual({
      status: 200,
      body: { state: 'paused', gaps: [{ fromMs, toMs: null }] },
    });
    expect(await paused).toMatchObject({ callRef, state: 'paused' });
    const atPause = recordedMs();
    const { packetsOut } = site.onlyLeg();
    await expect.poll(() => site.onlyLeg().packetsOut).toBeGreaterThan(packetsOut + 10);
    expect(recordedMs()).toBe(atPause);

    site.clock.pass(7_000);
    expect(await set('on')).toMatchObject({
      body: { state: 'on', gaps: [{ fromMs, toMs: fromMs + 7_000 }] },
    });
    await vi.waitFor(() => expect(recordedMs()).toBeGreaterThan(atPause), 50_000);
  });

  it('is not there for calls of no queue, nor before the answer', async () => {
    await site.start();
    const agent = await site.desk('1001');
    await agent.dial('600');
    const [call] = site.pbx.state().calls;
    expect(call?.recording).toMatchObject({ state: 'off' });
    const path = `/calls/${call?.callRef}/recording`;
    expect((await site.ask('POST', path, { state: 'paused' })).status).toBe(409);
    expect((await site.ask('POST', path, { state: 'off' })).status).toBe(400);
  });
});

describe('agents', () => {
  it('are paused and unpaused whatever their desk said', async () => {
    await site.start();
    const agent = await site.readyDesk('1001');
    const changed = site.next('agentAvailabilityChanged');
    const paused = await site.ask('POST', '/agents/1001/pause', { reason: 'coaching' });
    expect(paused.status).toBe(204);
    expect(await changed).toMatchObject({ available: false, reason: 'coaching', by: 'control' });
    site.pbx.placeCall(caller);
    expect(site.pbx.state()).toMatchObject({
      agents: [{ extension: '1001', paused: true, pauseReason: 'coaching' }, {}, {}],
      queues: [{ id: 'service', waiting: 1 }, {}],
    });
    expect((await site.ask('POST', '/agents/1001/unpause')).status).toBe(204);
    await agent.nextCall();
    expect((await site.ask('POST', '/agents/9999/pause', { reason: 'x' })).status).toBe(404);
    expect((await site.ask('POST', '/agents/1001/pause', { reason: 'a b' })).status).toBe(400);
  });

  it('become members of queues and leave them', async () => {
    await site.start();
    const agent = await site.readyDesk('1003');
    site.pbx.placeCall({ ...caller, queue: 'sales' });
    const set = (queues: string[]) => site.ask('PUT', '/agents/1003/queues', { queues });
    const changed = site.next('agentQueuesChanged');
    expect((await set(['sales'])).status).toBe(204);
    expect(await changed).toMatchObject({ extension: '1003', queues: ['sales'] });
    await agent.nextCall();
    expect((await set(['nowhere'])).status).toBe(422);
    expect(await set([])).toEqual({ status: 204 });
    expect(site.pbx.state().queues.flatMap(({ members }) => members)).not.toContain('1003');
  });
});

describe('the stream of events', () => {
  it('begins with the state and tells what happens', async () => {
    await site.start();
    const agent = await site.readyDesk('1001');
    const stream = await site.events();
    const first = await stream.next();
    expect(first).toMatchObject({ name: 'state', data: { calls: [], queues: [{}, {}] } });
    const { callRef } = await site.talking(agent);
    const entered = await stream.next();
    expect(entered).toMatchObject({ name: 'callEntered', data: { callRef, queue: 'service' } });
    await stream.next(({ name, data }) => name === 'callAnswered' && data.callRef === callRef);
    stream.close();
  });

  it('tells again what was missed; a number of another run gets the state', async () => {
    await site.start();
    await site.readyDesk('1001');
    const stream = await site.events();
    const { id } = await stream.next();
    stream.close();
    const callRef = site.pbx.placeCall(caller);
    const again = await site.events(id);
    expect(await again.next()).toMatchObject({ name: 'callEntered', data: { callRef } });
    again.close();
    const stranger = await site.events('another-run-7');
    expect(await stranger.next()).toMatchObject({ name: 'state', data: { calls: [{ callRef }] } });
    stranger.close();
  });
});

describe('calls', () => {
  it('are ended by the PBX', async () => {
    await site.start();
    const agent = await site.readyDesk('1001');
    const { invitation, callRef } = await site.talking(agent);
    const ended = site.next('callEnded');
    expect((await site.ask('POST', `/calls/${callRef}/hang-up`)).status).toBe(204);
    expect(await ended).toMatchObject({ callRef, by: 'pbx' });
    await reached(invitation, SessionState.Terminated);
  });

  it('ring a desk directly beside its call and while it is paused; busy ends them', async () => {
    await site.start();
    const agent = await site.readyDesk('1001');
    await site.talking(agent);
    await agent.tell('paused;reason=call');
    const placed = await site.ask('POST', '/calls', {
      number: '+8613900139000',
      agent: '1001',
      direct: true,
    });
    expect(placed.status).toBe(201);
    const waiting = await agent.nextCall();
    expect(waiting.request.hasHeader('X-Queue')).toBe(false);
    const declined = site.next('callDeclined');
    const ended = site.next('callEnded');
    await waiting.reject({ statusCode: 486 });
    expect(await declined).toMatchObject({ extension: '1001', statusCode: 486 });
    expect(await ended).toMatchObject({ callRef: placed.body.callRef });
    expect(site.pbx.state().calls).toMatchObject([{ state: 'talking' }]);
  });

  it('come twenty at once', async () => {
    await site.start();
    const agent = await site.readyDesk('1001');
    const placed = await site.ask('POST', '/calls', {
      number: '+8613800138000',
      queue: 'service',
      agent: '1001',
      direct: true,
      count: 20,
    });
    expect(placed.body.callRefs).toHaveLength(20);
    const numbers = new Set<string | undefined>();
    for (let count = 0; count < 20; count += 1) {
      numbers.add((await agent.nextCall()).remoteIdentity.uri.user);
    }
    expect(numbers.size).toBe(20);
    for (const callRef of placed.body.callRefs) {
      expect((await site.ask('DELETE', `/calls/${callRef}`)).status).toBe(204);
    }
    expect(site.pbx.state().calls).toEqual([]);
  });
});
