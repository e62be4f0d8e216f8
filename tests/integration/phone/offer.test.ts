import { describe, expect, it } from 'vitest';
import { done, openPhoneSite } from '#tests/support/phoneSite.ts';

const site = openPhoneSite();

describe('registration', () => {
  it('registers', async () => {
    const registered = site.pbxSays('agentRegistered');
    site.desk.phone.start(site.account());
    await registered;
    expect(await site.desk.registered()).toMatchObject({ failure: null, nextTryAt: null });
    await site.desk.status((status) => status.microphone === 'ok');
  });

  it('tells a wrong password once and does not try again by itself', async () => {
    site.desk.phone.start(site.account({ password: 'wrong' }));
    const status = await site.desk.status(({ state }) => state === 'failed');
    expect(status).toMatchObject({ failure: { code: 'phone-refused' }, nextTryAt: null });
  });

  it('waits for a PBX that is down, and comes back to it', async () => {
    await site.restartPbx(async () => {
      site.desk.phone.start(site.account());
      const status = await site.desk.status(({ state }) => state === 'failed');
      expect(status.failure?.code).toBe('phone-unreachable');
      expect(status.nextTryAt).toBeGreaterThan(0);
    });
    site.desk.phone.retry();
    await site.desk.registered();
  });

  it('registers and tells its availability again after the socket was cut', async () => {
    await site.registeredDesk();
    site.desk.mark();
    await site.restartPbx();
    const available = site.pbxSays('agentAvailabilityChanged', (of) => of.available);
    site.desk.phone.retry();
    await site.desk.registered();
    await available;
  });

  it('stops, and is gone from the PBX', async () => {
    await site.registeredDesk();
    const gone = site.pbxSays('agentUnregistered');
    await site.desk.phone.stop();
    expect(await gone).toMatchObject({ cause: 'asked' });
    expect(site.desk.phone.status().state).toBe('off');
  });
});

describe('an offered call', () => {
  it('carries number, name, queue, reference and wait', async () => {
    const leg = await site.offeredCall();
    expect(leg).toMatchObject({
      direction: 'in',
      state: 'ringing',
      number: '+8613800138000',
      name: '王芳',
      queueId: 'service',
      media: 'none',
      end: null,
    });
    expect(leg.callRef).toBe(site.pbx.state().calls[0]?.callRef);
    expect(leg.waitedMs).toBeGreaterThanOrEqual(0);
  });

  it('rings in the page, and stops ringing', async () => {
    const { leg } = await site.offeredCall();
    expect(site.media.commands.at(-1)).toEqual({ command: 'ring', input: { on: true } });
    await site.desk.phone.reject(leg, 'decline');
    expect(site.media.commands.filter(({ command }) => command === 'ring').at(-1)?.input).toEqual({
      on: false,
    });
  });

  it('is answered, with audio both ways', async () => {
    await site.answeredCall();
    await site.audioFlowsBothWays();
  });

  it('is rejected', async () => {
    const { leg } = await site.offeredCall();
    const declined = site.pbxSays('callDeclined');
    expect(await site.desk.phone.reject(leg, 'busy')).toEqual(done);
    expect(await site.desk.ended()).toMatchObject({ by: 'agent', how: 'rejected' });
    expect(await declined).toMatchObject({ statusCode: 486 });
    expect(site.desk.phone.legs()).toEqual([]);
  });

  it('is given up by the caller', async () => {
    const { callRef } = await site.offeredCall();
    site.pbx.hangUpCaller(callRef);
    expect(await site.desk.ended()).toMatchObject({
      by: 'customer',
      how: 'cancelled',
      failure: null,
    });
  });

  it('keeps a caller id of 10,000 characters out of the way', async () => {
    const leg = await site.offeredCall({ number: '9'.repeat(10_000), name: '王'.repeat(10_000) });
    expect(leg.number).toBe('9'.repeat(500));
    expect(leg.name).toBe('王'.repeat(200));
    expect(await site.desk.phone.answer(leg.leg)).toEqual(done);
    await site.desk.leg((now) => now.media === 'connected');
  });

  it('ends with its socket', async () => {
    await site.offeredCall();
    site.wire.cut();
    expect(await site.desk.ended()).toMatchObject({
      by: 'system',
      how: 'failed',
      failure: { code: 'phone-unreachable' },
    });
    expect(site.desk.phone.legs()).toEqual([]);
  });

  it('is not lost to a denied microphone', async () => {
    const { leg } = await site.offeredCall();
    await site.desk.status((status) => status.microphone === 'ok');
    site.desk.mark();
    await site.media.setMicrophone('denied');
    await site.desk.status((status) => status.microphone === 'denied');
    const answered = await site.desk.phone.answer(leg);
    expect(answered).toMatchObject({ ok: false, error: { code: 'microphone-denied' } });
    expect(site.desk.phone.legs()).toMatchObject([{ leg, state: 'ringing', media: 'none' }]);
    site.desk.mark();
    await site.media.setMicrophone('granted');
    await site.desk.status((status) => status.microphone === 'ok');
    expect(await site.desk.phone.answer(leg)).toEqual(done);
    await site.desk.leg((now) => now.media === 'connected');
    await site.audioFlowsBothWays();
  });

  it('outlives a reload of the page while it rings', async () => {
    const { leg } = await site.offeredCall();
    await site.media.reload();
    expect(await site.desk.phone.answer(leg)).toEqual(done);
    await site.desk.leg((now) => now.media === 'connected');
    await site.audioFlowsBothWays();
  });
});
