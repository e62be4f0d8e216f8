import { describe, expect, it, vi } from 'vitest';
import { done, openPhoneSite } from '#tests/support/phoneSite.ts';

const site = openPhoneSite();

describe('a call that is up', () => {
  it('is held and resumed', async () => {
    const { leg } = await site.answeredCall();
    const held = site.pbxSays('callHeld');
    expect(await site.desk.phone.hold(leg, true)).toEqual(done);
    await held;
    expect(site.desk.phone.legs()).toMatchObject([{ state: 'held' }]);
    const resumed = site.pbxSays('callResumed');
    expect(await site.desk.phone.hold(leg, false)).toEqual(done);
    await resumed;
    await site.audioFlowsBothWays();
  });

  it('is muted: silence goes out, packets and the other voice go on', async () => {
    const { leg } = await site.answeredCall();
    expect(await site.desk.phone.mute(leg, true)).toEqual(done);
    expect(site.desk.phone.legs()).toMatchObject([{ muted: true }]);
    // What was on its way when the microphone was muted.
    await site.audioFlowsBothWays({ muted: true });
    const { packetsIn, soundFrames } = site.practiceLeg();
    await vi.waitFor(
      () => expect(site.practiceLeg().packetsIn).toBeGreaterThan(packetsIn + 100),
      50_000,
    );
    expect(site.practiceLeg().soundFrames).toBe(soundFrames);
    expect(await site.desk.phone.mute(leg, false)).toEqual(done);
    await site.audioFlowsBothWays();
  });

  it('sends digits', async () => {
    const { leg } = await site.answeredCall();
    const digits: string[] = [];
    const all = new Promise<void>((resolve) => {
      site.pbx.events.on('callDigit', ({ digit }) => {
        digits.push(digit);
        if (digits.length === 3) resolve();
      });
    });
    expect(await site.desk.phone.sendDigits(leg, '5#7')).toEqual(done);
    await all;
    expect(digits).toEqual(['5', '#', '7']);
  });

  it('is ended by the caller', async () => {
    const { callRef } = await site.answeredCall();
    site.pbx.hangUpCaller(callRef);
    expect(await site.desk.ended()).toMatchObject({
      by: 'customer',
      how: 'completed',
      failure: null,
    });
  });

  it('is ended by the agent', async () => {
    const { leg } = await site.answeredCall();
    const ended = site.pbxSays('callEnded');
    expect(await site.desk.phone.hangUp(leg)).toEqual(done);
    expect(await site.desk.ended()).toMatchObject({ by: 'agent', how: 'completed', failure: null });
    expect(await ended).toMatchObject({ by: 'agent' });
  });

  it('is ended by stop', async () => {
    await site.answeredCall();
    const ended = site.pbxSays('callEnded');
    await site.desk.phone.stop();
    expect(await site.desk.ended()).toMatchObject({ by: 'agent' });
    expect(await ended).toMatchObject({ by: 'agent' });
  });

  it('gets new media after a reload of the page', async () => {
    const { leg } = await site.answeredCall();
    await site.desk.phone.mute(leg, true);
    site.desk.mark();
    const taken = site.pbxSays('callTakenOver');
    await site.media.reload();
    await taken;
    await site.desk.leg((changed) => changed.media === 'lost');
    const now = await site.desk.leg((changed) => changed.media === 'connected');
    expect(now).toMatchObject({ leg, state: 'talking', muted: true, end: null });
    await site.audioFlowsBothWays({ muted: true });
    expect(await site.desk.phone.hangUp(leg)).toEqual(done);
    expect(await site.desk.ended()).toMatchObject({ by: 'agent' });
  });

  it('stays held over a reload of the page', async () => {
    const { leg } = await site.answeredCall();
    await site.desk.phone.hold(leg, true);
    site.desk.mark();
    await site.media.reload();
    expect(await site.desk.leg((changed) => changed.media === 'connected')).toMatchObject({
      leg,
      state: 'held',
    });
    expect(site.practiceLeg().held).toBe(true);
    expect(await site.desk.phone.hold(leg, false)).toEqual(done);
    await site.audioFlowsBothWays();
  });

  it('gets new media once more after one reload follows on another', async () => {
    const { leg } = await site.answeredCall();
    site.desk.mark();
    await site.media.reload();
    await site.media.reload();
    await site.desk.leg((changed) => changed.media === 'connected');
    await vi.waitFor(() => site.audioFlowsBothWays(), 50_000);
    expect(site.desk.phone.legs()).toMatchObject([{ leg, state: 'talking', media: 'connected' }]);
  });

  it('outlives its socket', async () => {
    const { leg } = await site.answeredCall();
    site.desk.mark();
    const returned = site.pbxSays('agentReturned');
    site.wire.cut();
    await returned;
    await site.desk.registered();
    await site.audioFlowsBothWays();
    const ended = site.pbxSays('callEnded');
    expect(await site.desk.phone.hangUp(leg)).toEqual(done);
    expect(await ended).toMatchObject({ by: 'agent' });
  });
});
