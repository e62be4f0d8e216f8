import { describe, expect, it, vi } from 'vitest';
import { audioFlowsBothWays, noAsterisk, openSite } from './support/site.ts';

const site = openSite();
const ok = { ok: true, value: null };

async function contactIsThere(): Promise<void> {
  await vi.waitFor(
    async () => expect(await site.asterisk.cli('pjsip show contacts')).toContain('2041/sip:'),
    { timeout: 20_000, interval: 50 },
  );
}

describe.skipIf(noAsterisk)('the desk on Asterisk', () => {
  it('gets new audio after the media page was loaded anew in a call', async () => {
    const { leg, caller, ...made } = await site.talking();
    const { name } = await site.channel('2041');
    made.desk.mark();
    await made.media.reload();
    const now = await made.desk.leg((changed) => changed.media === 'connected');
    expect(now).toMatchObject({ leg: leg.leg, callRef: leg.callRef, state: 'talking', end: null });
    await audioFlowsBothWays(site, made);
    expect((await site.channel('2041')).name).not.toBe(name);
    await caller.hangUp();
    expect(await made.desk.ended()).toMatchObject({ by: 'customer', how: 'completed' });
    expect(await caller.ended).toBe(true);
  });

  it('keeps hold and mute over a reload of the media page', async () => {
    const { leg, ...made } = await site.talking();
    expect(await made.desk.phone.mute(leg.leg, true)).toEqual(ok);
    expect(await made.desk.phone.hold(leg.leg, true)).toEqual(ok);
    made.desk.mark();
    await made.media.reload();
    const now = await made.desk.leg((changed) => changed.media === 'connected');
    expect(now).toMatchObject({ state: 'held', muted: true, end: null });
    expect(await made.desk.phone.hold(leg.leg, false)).toEqual(ok);
    expect(await made.desk.phone.mute(leg.leg, false)).toEqual(ok);
    await audioFlowsBothWays(site, made);
  });

  it('repairs a call to the echo, which has no other leg', async () => {
    const made = await site.registered();
    const placed = await made.desk.phone.dial('600');
    if (!placed.ok) throw new Error(placed.error.code);
    await made.desk.leg((now) => now.state === 'talking' && now.media === 'connected');
    made.desk.mark();
    await made.media.reload();
    await made.desk.leg((changed) => changed.media === 'connected');
    await audioFlowsBothWays(site, made);
  });

  it('talks on while its socket is cut, comes back, and hangs up over the new one', async () => {
    const { leg, caller, ...made } = await site.talking();
    made.desk.mark();
    site.wire.cut();
    await made.desk.registered();
    await contactIsThere();
    await audioFlowsBothWays(site, made);
    expect(await made.desk.phone.hangUp(leg.leg)).toEqual(ok);
    expect(await caller.ended).toBe(true);
  });

  it('holds and resumes over the new socket', async () => {
    const { leg, ...made } = await site.talking();
    made.desk.mark();
    site.wire.cut();
    await made.desk.registered();
    expect(await made.desk.phone.hold(leg.leg, true)).toEqual(ok);
    expect(await made.desk.phone.hold(leg.leg, false)).toEqual(ok);
    await audioFlowsBothWays(site, made);
  });

  it('tells the PBX where it is now, and hears over the new socket that the caller hung up', async () => {
    const { caller, ...made } = await site.talking();
    const accepted = () => made.media.commands.filter(({ command }) => command === 'accept').length;
    const before = accepted();
    site.wire.cut();
    await vi.waitFor(() => expect(accepted()).toBe(before + 1), 10_000);
    await audioFlowsBothWays(site, made);
    await caller.hangUp();
    expect(await made.desk.ended()).toMatchObject({
      by: 'customer',
      how: 'completed',
      failure: null,
    });
  });

  it('hears of a caller who hung up while the socket was gone', async () => {
    const { caller, ...made } = await site.talking();
    site.wire.cut();
    await caller.hangUp();
    await made.desk.ended();
    expect(made.desk.phone.legs()).toEqual([]);
  });

  it('is registered and ready again within 5 s after a restart of the PBX', async () => {
    await site.ready();
    await site.asterisk.kill();
    await site.restart();
    const back = Date.now();
    await contactIsThere();
    expect(Date.now() - back).toBeLessThan(5_000);
    await site.ami.event({ Event: 'QueueMemberPause', Interface: 'PJSIP/2041', Paused: '0' });
  });

  it('is registered again within 5 s after a long absence of the PBX', async () => {
    const { desk } = await site.registered();
    await site.asterisk.kill();
    // So often refused that the wait is at its longest.
    let tries = 0;
    while (tries < 6) {
      desk.mark();
      await desk.status(({ nextTryAt }) => nextTryAt !== null);
      tries += 1;
    }
    await site.restart();
    const back = Date.now();
    await contactIsThere();
    expect(Date.now() - back).toBeLessThan(5_000);
  });

  it('ends a call that a restart of the PBX took away, and takes the next one', async () => {
    const { leg, caller, ...made } = await site.talking();
    await caller.stop();
    await site.asterisk.kill();
    await site.restart();
    await contactIsThere();
    await made.desk.phone.hangUp(leg.leg);
    await made.desk.ended();
    made.desk.mark();
    await made.desk.phone.setAvailability({ ready: true });
    await site.ring();
    await made.desk.offered();
  });
});
