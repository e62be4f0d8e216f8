import { describe, expect, it, vi } from 'vitest';
import { audioFlowsBothWays, type Desk, noAsterisk, openSite, pageStats } from './support/site.ts';

const site = openSite();
const ok = { ok: true, value: null };

/** A call to the echo: what the microphone says comes back. */
async function echo(extension = '2041'): Promise<Desk & { leg: string }> {
  const made = await site.registered(extension);
  const placed = await made.desk.phone.dial('600');
  if (!placed.ok) throw new Error(placed.error.code);
  await made.desk.leg((now) => now.state === 'talking' && now.media === 'connected');
  return { ...made, leg: placed.value.leg };
}

function logged(text: string, from: number): Promise<void> {
  return vi.waitFor(() => expect(site.asterisk.log().slice(from)).toContain(text), 10_000);
}

describe.skipIf(noAsterisk)('a call that is up on Asterisk', () => {
  it('is held and resumed', async () => {
    const { leg, ...made } = await site.talking();
    expect(await made.desk.phone.hold(leg.leg, true)).toEqual(ok);
    expect(made.desk.phone.legs()).toMatchObject([{ state: 'held' }]);
    await audioStops(made);
    expect(await made.desk.phone.hold(leg.leg, false)).toEqual(ok);
    await audioFlowsBothWays(site, made);
  });

  it.each([
    ['RFC 4733', '2041'],
    ['INFO', '2043'],
  ])('sends digits by %s', async (_how, extension) => {
    const { desk, leg } = await echo(extension);
    const from = site.asterisk.log().length;
    expect(await desk.phone.sendDigits(leg, '57#')).toEqual(ok);
    // The last of them ends the echo.
    for (const digit of ['5', '7', '#']) {
      await logged(`DTMF end '${digit}' received on PJSIP/${extension}`, from);
    }
  });

  it('is muted: nothing is heard of the desk, packets go on', async () => {
    const { leg, ...made } = await echo();
    await audioFlowsBothWays(site, made);
    expect(await made.desk.phone.mute(leg, true)).toEqual(ok);
    await vi.waitFor(async () => {
      const before = await pageStats(made);
      await packetsReceived(made, before.packetsReceived + 60);
      // What was on its way is through: a second of packets without sound.
      expect((await pageStats(made)).energyReceived - before.energyReceived).toBeLessThan(1e-6);
    }, 20_000);
    expect(await made.desk.phone.mute(leg, false)).toEqual(ok);
    await audioFlowsBothWays(site, made);
  });

  it('is ended by the caller', async () => {
    const { desk, caller } = await site.talking();
    await caller.hangUp();
    expect(await desk.ended()).toMatchObject({ by: 'customer', how: 'completed', failure: null });
    expect(await caller.ended).toBe(true);
  });

  it('is ended by the agent', async () => {
    const { desk, leg, caller } = await site.talking();
    const from = site.ami.events.length;
    expect(await desk.phone.hangUp(leg.leg)).toEqual(ok);
    expect(await desk.ended()).toMatchObject({ by: 'agent', how: 'completed', failure: null });
    expect(await caller.ended).toBe(true);
    const event = { Event: 'AgentComplete', Queue: 'service' };
    expect(await site.ami.event(event, from)).toMatchObject({ Reason: 'agent' });
  });

  async function packetsReceived(made: Desk, count: number): Promise<void> {
    await vi.waitFor(
      async () => expect((await pageStats(made)).packetsReceived).toBeGreaterThan(count),
      10_000,
    );
  }

  /** On hold nothing of the caller comes to the desk: a second without one more packet. */
  async function audioStops(made: Desk): Promise<void> {
    await vi.waitFor(
      async () => {
        const before = await pageStats(made);
        const { received } = await site.channel('trunk');
        await vi.waitFor(async () => {
          expect((await site.channel('trunk')).received).toBeGreaterThan(received + 50);
        }, 10_000);
        expect((await pageStats(made)).packetsReceived).toBe(before.packetsReceived);
      },
      { timeout: 20_000 },
    );
  }
});

describe.skipIf(noAsterisk)('a direct call on Asterisk', () => {
  it('cancelled by the caller before the answer is given up by the customer', async () => {
    const { desk } = await site.registered();
    const caller = await site.ring('2041', undefined, 'directCaller');
    const leg = await desk.offered();
    expect(leg).toMatchObject({ number: '+8613800138000', name: '王芳', queueId: null });
    await caller.hangUp();
    expect(await desk.ended()).toMatchObject({ by: 'customer', how: 'cancelled', failure: null });
    expect(await caller.ended, caller.complaints()).toBe(true);
  });
});

describe.skipIf(noAsterisk)('dialling on Asterisk', () => {
  it('reaches the echo, with audio both ways', async () => {
    await audioFlowsBothWays(site, await echo());
  });

  it('reaches somebody outside by the trunk, with audio both ways and the centre’s number', async () => {
    const made = await site.registered();
    const somebody = await site.awaitCall();
    const placed = await made.desk.phone.dial('+8613900139000');
    if (!placed.ok) throw new Error(placed.error.code);
    await made.desk.leg((now) => now.state === 'talking' && now.media === 'connected');
    await audioFlowsBothWays(site, made);
    await made.desk.phone.hangUp(placed.value.leg);
    expect(await somebody.ended).toBe(true);
    const said = somebody.messages();
    expect(said).toContain(`INVITE sip:+8613900139000@`);
    expect(said).toMatch(/^From: .*<sip:\+862112345678@/mu);
    // Who of the centre called stays in the centre.
    expect(said).not.toContain('Agent 2041');
  });

  it('reaches another desk', async () => {
    const first = await site.registered('2041');
    const second = await site.registered('2042');
    await first.desk.phone.dial('2042');
    const leg = await second.desk.offered();
    expect(leg).toMatchObject({ number: '2041', name: 'Agent 2041', queueId: null });
    expect(await second.desk.phone.answer(leg.leg)).toEqual(ok);
    await first.desk.leg((now) => now.state === 'talking' && now.media === 'connected');
    await audioFlowsBothWays(site, first);
    await audioFlowsBothWays(site, second);
  });

  it('ends as busy where the other desk talks', async () => {
    const busy = await echo('2042');
    busy.desk.phone.follow({ digits: 'rtp', waitingCalls: 0 });
    const { desk } = await site.registered('2041');
    await desk.phone.dial('2042');
    expect(await desk.ended()).toMatchObject({ how: 'failed', failure: { code: 'number-busy' } });
  });

  it.each([
    ['2042', 'number-unreachable'],
    ['99', 'number-unknown'],
  ])('%s ends as %s', async (number, code) => {
    const { desk } = await site.registered();
    expect(await desk.phone.dial(number)).toMatchObject({ ok: true });
    expect(await desk.ended()).toMatchObject({ how: 'failed', failure: { code } });
  });
});
