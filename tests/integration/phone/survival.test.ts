import { describe, expect, it, vi } from 'vitest';
import { done, openPhoneSite } from '#tests/support/phoneSite.ts';
import { ScriptedMedia } from '#tests/support/scriptedMedia.ts';
import { TestPhone } from '#tests/support/testPhone.ts';

const site = openPhoneSite();

describe('a call', () => {
  it('is measured while it talks, and summed up at its end', async () => {
    const { leg, callRef } = await site.answeredCall();
    const { quality } = await site.desk.leg((now) => now.leg === leg && now.quality !== null);
    expect(quality?.mos).toBeGreaterThan(1);
    const ended = site.desk.end(leg);
    site.pbx.hangUpCaller(callRef);
    const { report } = await ended;
    expect(report).toMatchObject({ codec: expect.stringMatching(/^audio\/PCM/u) });
    expect(report?.path).toMatch(/^(host|prflx)\/(host|prflx) udp$/u);
    expect(report?.packetsReceived).toBeGreaterThan(0);
    expect(report?.states.map(({ state }) => state)).toEqual([
      'ringing',
      'connecting',
      'talking',
      'ended',
    ]);
  });

  it('that rings when the socket is cut rings again over the next one', async () => {
    const { callRef } = await site.offeredCall();
    site.desk.mark();
    site.wire.cut();
    expect(await site.desk.ended()).toMatchObject({ failure: { code: 'phone-unreachable' } });
    expect(await site.desk.offered()).toMatchObject({ callRef, state: 'ringing' });
    expect(site.desk.phone.legs()).toHaveLength(1);
  });

  it('on hold outlives its socket, and is resumed over the next one', async () => {
    const { leg } = await site.answeredCall();
    expect(await site.desk.phone.hold(leg, true)).toEqual(done);
    site.desk.mark();
    const returned = site.pbxSays('agentReturned');
    site.wire.cut();
    await returned;
    await site.desk.registered();
    expect(site.state(leg)).toBe('held');
    expect(await site.desk.phone.hold(leg, false)).toEqual(done);
    await site.audioFlowsBothWays();
  });

  it('outlives the sleep of the machine, in which its socket died', async () => {
    const { leg } = await site.answeredCall();
    site.desk.mark();
    site.desk.phone.suspend();
    site.wire.cut();
    await site.desk.status(({ state }) => state === 'connecting');
    const returned = site.pbxSays('agentReturned');
    site.desk.phone.resume();
    await returned;
    await site.desk.registered();
    await site.audioFlowsBothWays();
    expect(site.state(leg)).toBe('talking');
  });

  it('that went down with the PBX is over when that is back, and the line is there by itself', async () => {
    const { leg } = await site.answeredCall();
    const ended = site.desk.end(leg);
    site.desk.mark();
    await site.restartPbx(async () => {
      const { nextTryAt } = await site.desk.status(({ state }) => state === 'failed');
      // The longest wait there is: a PBX that is back is tried within 4 s, the handshake comes on top.
      expect((nextTryAt ?? Number.POSITIVE_INFINITY) - Date.now()).toBeLessThanOrEqual(4_000);
    });
    await site.desk.registered();
    await ended;
    expect(site.desk.phone.legs()).toEqual([]);
  });
});

describe('two calls', () => {
  it('both get new audio after the page was loaded anew: one talks, one stays held', async () => {
    const first = await site.answeredCall();
    const second = await site.dialledCall('600');
    expect(site.state(first.leg)).toBe('held');
    site.desk.mark();
    await site.media.reload();
    const repaired = (leg: string) =>
      site.desk.leg((now) => now.leg === leg && now.media === 'connected');
    await Promise.all([repaired(first.leg), repaired(second.leg)]);
    expect(site.state(first.leg)).toBe('held');
    expect(site.state(second.leg)).toBe('talking');
    expect(await site.desk.phone.hangUp(second.leg)).toEqual(done);
    expect(await site.desk.phone.hold(first.leg, false)).toEqual(done);
    await vi.waitFor(() => expect(site.pbx.state().calls).toHaveLength(1), 50_000);
    const { soundFrames } = site.practiceLeg();
    await vi.waitFor(
      () => expect(site.practiceLeg().soundFrames).toBeGreaterThan(soundFrames),
      50_000,
    );
  });
});

describe('two desks with one account', () => {
  it('the newer one has it, the older says so and takes it back when asked', async () => {
    await site.registeredDesk();
    const newer = new TestPhone(new ScriptedMedia());
    newer.phone.start(site.account());
    await newer.registered();
    site.desk.mark();
    site.desk.phone.resume();
    const status = await site.desk.status(({ state }) => state === 'failed');
    expect(status).toMatchObject({ failure: { code: 'phone-elsewhere' }, nextTryAt: null });
    site.desk.mark();
    site.desk.phone.retry();
    await site.desk.registered();
    newer.phone.resume();
    const gaveWay = await newer.status(({ state }) => state === 'failed');
    expect(gaveWay.failure?.code).toBe('phone-elsewhere');
    await newer.phone.stop();
    expect(site.pbx.state().agents[0]).toMatchObject({ registered: true });
  });
});
