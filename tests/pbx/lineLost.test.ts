import { describe, expect, it, vi } from 'vitest';
import { answered, audioFlowsBothWays, type Desk, noAsterisk, openSite } from './support/site.ts';

const site = openSite();
const ok = { ok: true, value: null };

describe.skipIf(noAsterisk)('the WebSocket cut on Asterisk', () => {
  it('while a call rings: it stops ringing, and the next is taken', async () => {
    const made = await site.ready();
    await site.ring();
    const { leg } = await made.desk.offered();
    site.wire.cut();
    expect(await made.desk.end(leg)).toMatchObject({ by: 'system' });
    // Still in the queue: it rings again where the desk is now.
    const again = await made.desk.until(
      (event) => event.type === 'offered' && event.leg.leg !== leg && event.leg,
    );
    await answered(made, again.leg);
    await audioFlowsBothWays(site, made);
  });

  it('on hold: resumed over the new one', async () => {
    const { leg, ...made } = await site.talking();
    await made.desk.phone.hold(leg.leg, true);
    // Answered after the ACK of the hold, which went over the same socket before it.
    await made.desk.phone.setAvailability({ ready: false, reason: 'call' });
    await cutAndBack(made, 1);
    expect(await made.desk.phone.hold(leg.leg, false)).toEqual(ok);
    await audioFlowsBothWays(site, made);
  });

  it('during a question to a colleague: both calls are there, and joined', async () => {
    const { leg, ...made } = await site.talking();
    const colleague = await site.registered('2042');
    const consult = await site.dialled(made, '2042', colleague);
    await cutAndBack(made, 2);
    expect(made.desk.phone.legs()).toMatchObject([{ state: 'held' }, { state: 'talking' }]);
    expect(await made.desk.phone.join(leg.leg, consult.leg)).toEqual(ok);
    await made.desk.end(leg.leg);
    await audioFlowsBothWays(site, colleague);
  });

  it('of both desks of a call: it goes on, and is ended over the new ones', async () => {
    const first = await site.registered('2041');
    const second = await site.registered('2042');
    const { leg } = await site.dialled(first, '2042', second);
    first.desk.mark();
    second.desk.mark();
    site.wire.cut();
    await Promise.all([first.desk.registered(), second.desk.registered()]);
    await audioFlowsBothWays(site, first);
    await first.desk.phone.hangUp(leg);
    await second.desk.ended();
  });
});

describe.skipIf(noAsterisk)('a PBX ended by force', () => {
  it('takes its calls with it: the desk ends the phantom by itself, and the ringing stops', async () => {
    const talking = await site.talking('2041');
    const ringing = await site.ready('2042');
    await site.ring();
    const offered = await ringing.desk.offered();
    await site.asterisk.kill();
    expect(await ringing.desk.end(offered.leg)).toMatchObject({ by: 'system' });
    await talking.caller.stop();
    await site.restart();
    expect(await talking.desk.end(talking.leg.leg)).toMatchObject({ by: 'system' });
    expect(talking.desk.phone.legs()).toEqual([]);
  });
});

describe.skipIf(noAsterisk)('a machine that sleeps', () => {
  it('is registered again when it wakes, and takes calls', async () => {
    const made = await site.ready();
    made.desk.phone.suspend();
    site.wire.cut();
    await contactsOf('2041', 0);
    made.desk.mark();
    made.desk.phone.resume();
    await made.desk.registered();
    await site.ring();
    await answered(made, (await made.desk.offered()).leg);
    await audioFlowsBothWays(site, made);
  });

  it('in a call finds it again, or finds it ended', async () => {
    const { leg, caller, ...made } = await site.talking();
    made.desk.phone.suspend();
    site.wire.cut();
    await caller.hangUp();
    made.desk.phone.resume();
    await made.desk.end(leg.leg);
    expect(made.desk.phone.legs()).toEqual([]);
  });
});

describe.skipIf(noAsterisk)('an account on Asterisk', () => {
  it('whose password was changed is refused once, and comes back with the new one', async () => {
    const { desk } = await site.registered('2043');
    await site.asterisk.changePassword('2043', 'another-password');
    desk.mark();
    desk.phone.retry();
    const status = await desk.status(({ state }) => state === 'failed');
    expect(status).toMatchObject({ failure: { code: 'phone-refused' }, nextTryAt: null });
    desk.mark();
    desk.phone.start(site.account('2043', { password: 'another-password' }));
    await desk.registered();
    await site.asterisk.changePassword('2043', site.asterisk.password);
  });

  it('at two desks belongs to the one that came last; the other says so and is silent', async () => {
    const older = await site.registered('2044');
    older.desk.mark();
    const newer = await site.registered('2044');
    const status = await older.desk.status(({ state }) => state === 'failed');
    expect(status).toMatchObject({ failure: { code: 'phone-elsewhere' }, nextTryAt: null });
    expect(newer.desk.phone.status().state).toBe('registered');
    newer.desk.mark();
    older.desk.mark();
    older.desk.phone.retry();
    await older.desk.registered();
    await newer.desk.status(({ state }) => state === 'failed');
  });
});

describe.skipIf(noAsterisk)('a caller who gives up in the very moment of the answer', () => {
  it('leaves no call behind, and nothing rings', async () => {
    const made = await site.registered();
    const described = () =>
      made.media.commands.filter(({ command }) => command === 'describe').length;
    for (let round = 0; round < 4; round += 1) {
      made.desk.mark();
      const before = described();
      const caller = await site.ring(
        '2041',
        { number: '+8613800138000', name: '' },
        'racingCaller',
      );
      const { leg } = await made.desk.offered();
      const answer = made.desk.phone.answer(leg);
      // In turn: before the answer is made, and when it is about to leave.
      if (round % 2 === 1) await vi.waitFor(() => expect(described()).toBe(before + 1), 30_000);
      await Promise.all([caller.hangUp(), answer]);
      await made.desk.end(leg);
      expect(made.desk.phone.legs()).toEqual([]);
      expect(await caller.ended, caller.complaints()).toBe(true);
    }
    await vi.waitFor(async () => expect(await site.channels()).toEqual([]), 30_000);
  });
});

/** The desk is back over a new socket, and told the PBX so in each of its calls. */
async function cutAndBack({ desk, media }: Desk, calls: number): Promise<void> {
  const accepted = () => media.commands.filter(({ command }) => command === 'accept').length;
  const before = accepted();
  desk.mark();
  site.wire.cut();
  await desk.registered();
  await vi.waitFor(() => expect(accepted()).toBe(before + calls), 30_000);
  expect((await desk.phone.setAvailability({ ready: false, reason: 'call' })).ok).toBe(true);
}

async function contactsOf(extension: string, count: number): Promise<void> {
  await vi.waitFor(
    async () => {
      const told = await site.asterisk.cli('pjsip show contacts');
      expect(told.split(`${extension}/sip:`)).toHaveLength(count + 1);
    },
    { timeout: 30_000, interval: 100 },
  );
}
