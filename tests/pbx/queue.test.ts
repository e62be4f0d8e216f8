import { globSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { numbers } from './support/asterisk.ts';
import { answered, audioFlowsBothWays, noAsterisk, openSite } from './support/site.ts';

const site = openSite();
const ok = { ok: true, value: null };

function recordingOf(callRef: string): string {
  const [file] = globSync(site.asterisk.path(`spool/monitor/*/${callRef}.wav`));
  if (!file) throw new Error('no recording');
  return file;
}

describe.skipIf(noAsterisk)('a call of a queue on Asterisk', () => {
  it('carries number, name, queue, reference and wait', async () => {
    const { desk } = await site.ready();
    const from = site.ami.events.length;
    await site.ring(numbers.service, { number: '+8613912345678', name: '欧阳 娜' });
    const leg = await desk.offered();
    const joined = await site.ami.event({ Event: 'QueueCallerJoin', Queue: 'service' }, from);
    expect(leg).toMatchObject({
      direction: 'in',
      state: 'ringing',
      number: '+8613912345678',
      name: '欧阳 娜',
      queueId: 'service',
      callRef: joined.Uniqueid,
    });
    expect(leg.waitedMs).toBeGreaterThanOrEqual(0);
  });

  it('tells how long the caller waited for somebody to be ready', async () => {
    const { desk } = await site.registered();
    const from = site.ami.events.length;
    await site.ring();
    await site.ami.event({ Event: 'QueueCallerJoin', Queue: 'service' }, from);
    const second = Math.floor(Date.now() / 1_000);
    await vi.waitFor(() => expect(Date.now() / 1_000).toBeGreaterThan(second + 2), 5_000);
    await desk.phone.setAvailability({ ready: true });
    expect((await desk.offered()).waitedMs).toBeGreaterThanOrEqual(1_000);
  });

  it('is answered, with audio both ways, and recorded', async () => {
    const { leg, caller, ...made } = await site.talking();
    await audioFlowsBothWays(site, made);
    const trunk = await site.channel('trunk');
    await vi.waitFor(async () => {
      const now = await site.channel('trunk');
      expect(now.received).toBeGreaterThan(trunk.received + 10);
      expect(now.sent).toBeGreaterThan(trunk.sent + 10);
    }, 15_000);
    await caller.hangUp();
    await made.desk.ended();
    const file = recordingOf(leg.callRef);
    // Half a second at the least: 4,000 samples of two bytes, with sound in them.
    await vi.waitFor(() => expect(statSync(file).size).toBeGreaterThan(8_000), 10_000);
    expect(
      readFileSync(file)
        .subarray(44)
        .some((byte) => byte !== 0),
    ).toBe(true);
  });

  it('is given up by the caller in the queue', async () => {
    const { desk } = await site.ready();
    const caller = await site.ring();
    await desk.offered();
    const from = site.ami.events.length;
    await caller.hangUp();
    expect(await desk.ended()).toMatchObject({ by: 'customer', how: 'cancelled', failure: null });
    await site.ami.event({ Event: 'QueueCallerAbandon', Queue: 'service' }, from);
    expect(await caller.ended).toBe(true);
  });

  it('goes on to the next agent when it is rejected', async () => {
    const first = await site.ready('2041');
    const second = await site.ready('2042');
    await site.ring();
    const [offeredTo, other] = await Promise.race([
      first.desk.offered().then(() => [first, second] as const),
      second.desk.offered().then(() => [second, first] as const),
    ]);
    const [leg] = offeredTo.desk.phone.legs();
    expect(await offeredTo.desk.phone.reject(leg?.leg ?? '', 'busy')).toEqual(ok);
    expect(await offeredTo.desk.ended()).toMatchObject({ by: 'agent', how: 'rejected' });
    const next = await other.desk.offered();
    expect(next.callRef).toBe(leg?.callRef);
    await answered(other, next.leg);
  });

  it('stays in the queue when the only agent declines it, and rings again', async () => {
    const { desk } = await site.ready();
    await site.ring();
    const leg = await desk.offered();
    desk.mark();
    expect(await desk.phone.reject(leg.leg, 'decline')).toEqual(ok);
    expect((await desk.offered()).callRef).toBe(leg.callRef);
  });

  it('rings everybody, and ends as taken elsewhere for those who were slower', async () => {
    const first = await site.ready('2041');
    const second = await site.ready('2042');
    await site.ring(numbers.complaints);
    const leg = await first.desk.offered();
    expect((await second.desk.offered()).queueId).toBe('complaints');
    await answered(first, leg.leg);
    expect(await second.desk.ended()).toMatchObject({ by: 'system', how: 'elsewhere' });
  });
});

describe.skipIf(noAsterisk)('availability on Asterisk', () => {
  const member = 'PJSIP/2041';

  it('is told once registered, where it was set before', async () => {
    const { desk } = await site.desk('2041');
    desk.phone.start(site.account('2041'));
    await desk.phone.setAvailability({ ready: false, reason: 'meeting' });
    await vi.waitFor(async () => expect(await memberLine()).toContain('paused:meeting'), 10_000);
  });

  it('pauses the member with its reason, and takes it back', async () => {
    const { desk } = await site.ready();
    expect(await memberLine()).not.toContain('paused');
    const from = site.ami.events.length;
    expect(await desk.phone.setAvailability({ ready: false, reason: 'lunch' })).toEqual(ok);
    for (const Queue of ['service', 'complaints']) {
      const event = { Event: 'QueueMemberPause', Queue, Interface: member, Paused: '1' };
      expect(await site.ami.event(event, from)).toMatchObject({ PausedReason: 'lunch' });
    }
    expect(await memberLine()).toContain('paused:lunch');
    expect(await desk.phone.setAvailability({ ready: true })).toEqual(ok);
    await vi.waitFor(async () => expect(await memberLine()).not.toContain('paused'), 5_000);
  });

  it('holds callers back while the agent is paused', async () => {
    const { desk } = await site.ready();
    const from = site.ami.events.length;
    await desk.phone.setAvailability({ ready: false, reason: 'after-call-work' });
    await site.ami.event({ Event: 'QueueMemberPause', Interface: member, Paused: '1' }, from);
    await site.ring();
    await site.ami.event({ Event: 'QueueCallerJoin', Queue: 'service' }, from);
    expect(desk.phone.legs()).toEqual([]);
    await desk.phone.setAvailability({ ready: true });
    await desk.offered();
  });

  async function memberLine(): Promise<string> {
    const told = await site.asterisk.cli('queue show service');
    return told.split('\n').find((line) => line.includes(member)) ?? '';
  }
});

describe.skipIf(noAsterisk)('the AMI account of the site', () => {
  it('sees queues, and may neither run commands nor touch the configuration', async () => {
    expect(await site.ami.ask('QueueSummary', { Queue: 'service' })).toMatchObject({
      Response: 'Success',
    });
    for (const [action, fields] of [
      ['Command', { Command: 'core show channels' }],
      ['GetConfig', { Filename: 'manager.conf' }],
      ['CreateConfig', { Filename: 'x.conf' }],
      ['ModuleLoad', { LoadType: 'reload' }],
      ['Reload', {}],
    ] as const) {
      expect(await site.ami.ask(action, fields)).toMatchObject({
        Response: 'Error',
        Message: 'Permission denied',
      });
    }
  });
});
