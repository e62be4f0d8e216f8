import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PhoneLeg } from '#electron/phone/phone.ts';
import type { PracticeEventMap } from '#server/practice/events.ts';
import { type PracticePbx, startPracticePbx } from '#server/practice/practicePbx.ts';
import type { MediaStats } from '#shared/contract/media.ts';
import type { PhoneAccount } from '#shared/sync/messages.ts';
import {
  bundleMediaPage,
  launchMediaBrowser,
  MediaPageInBrowser,
} from '#tests/support/mediaPage.ts';
import { TcpRelay } from '#tests/support/tcpRelay.ts';
import { TestPhone } from '#tests/support/testPhone.ts';

const resourcesDir = fileURLToPath(new URL('../../resources', import.meta.url));
const caller = { number: '+8613800138000', name: '王芳', queue: 'service', scenario: 'order' };

let browser: Browser;
let script: string;
let pbx: PracticePbx;
let media: MediaPageInBrowser;
let desk: TestPhone;
let wire: TcpRelay;

beforeAll(async () => {
  script = await bundleMediaPage();
  browser = await launchMediaBrowser();
});

afterAll(() => browser?.close());

beforeEach(async () => {
  pbx = await startPbx();
  wire = await TcpRelay.to(pbx.port);
  media = await MediaPageInBrowser.open(browser, script);
  desk = new TestPhone(media.port);
});

afterEach(async () => {
  await desk.phone.stop();
  await media.close();
  await wire.close();
  await pbx.close();
});

function startPbx(port = 0): Promise<PracticePbx> {
  return startPracticePbx({
    port,
    resourcesDir,
    loopbackMedia: true,
    accounts: [{ extension: '2041', password: 'right', name: '徐静', queues: ['service'] }],
    queues: [{ id: 'service', name: '客户服务' }],
    timing: { wrapUpMs: 0, outsideRingMs: { min: 1_000, max: 1_000 } },
  });
}

function account(changes: Partial<PhoneAccount> = {}): PhoneAccount {
  return {
    uri: 'sip:2041@practice.invalid',
    server: `ws://127.0.0.1:${wire.port}/ws`,
    user: '2041',
    password: 'right',
    ...changes,
  };
}

type Payload<K extends keyof PracticeEventMap> = PracticeEventMap[K][0];

/** The next event of the PBX that is meant; ask before the cause, await after. */
function pbxSays<K extends keyof PracticeEventMap>(
  name: K,
  isMeant: (payload: Payload<K>) => boolean = () => true,
): Promise<Payload<K>> {
  const { events } = pbx;
  return new Promise((resolve) => {
    const listener = (payload: Payload<K>): void => {
      if (!isMeant(payload)) return;
      events.off(name, listener as never);
      resolve(payload);
    };
    events.on(name, listener as never);
  });
}

async function registeredDesk(): Promise<void> {
  desk.phone.start(account());
  await desk.registered();
  expect(await desk.phone.setAvailability({ ready: true })).toEqual({ ok: true, value: null });
}

async function offeredCall(changes: Partial<typeof caller> = {}): Promise<PhoneLeg> {
  await registeredDesk();
  pbx.placeCall({ ...caller, ...changes });
  return desk.offered();
}

async function answeredCall(): Promise<PhoneLeg> {
  const { leg } = await offeredCall();
  expect(await desk.phone.answer(leg)).toEqual({ ok: true, value: null });
  return desk.leg((now) => now.state === 'talking' && now.media === 'connected');
}

function practiceLeg() {
  const [leg] = pbx.state().calls.flatMap((call) => call.legs);
  if (!leg) throw new Error('no leg at the PBX');
  return leg;
}

async function pageStats(): Promise<MediaStats> {
  const session = media.sessions.at(-1) ?? '';
  const stats = await media.port.run('stats', { session });
  if (!stats.ok || !stats.value) throw new Error('no statistics');
  return stats.value;
}

/** Packets and sound arrive on both sides from here on; of a muted desk, packets alone. */
async function audioFlowsBothWays({ muted = false } = {}): Promise<void> {
  const before = await pageStats();
  const beforeAtPbx = practiceLeg();
  await vi.waitFor(async () => {
    const now = await pageStats();
    const nowAtPbx = practiceLeg();
    expect(now.packetsReceived).toBeGreaterThan(before.packetsReceived + 10);
    expect(now.energyReceived).toBeGreaterThan(before.energyReceived);
    expect(nowAtPbx.packetsIn).toBeGreaterThan(beforeAtPbx.packetsIn + 10);
    if (!muted) expect(nowAtPbx.soundFrames).toBeGreaterThan(beforeAtPbx.soundFrames);
  }, 15_000);
}

describe('registration', () => {
  it('registers', async () => {
    const registered = pbxSays('agentRegistered');
    desk.phone.start(account());
    await registered;
    expect(await desk.registered()).toMatchObject({ failure: null, nextTryAt: null });
    await desk.status((status) => status.microphone === 'ok');
  });

  it('tells a wrong password once and does not try again by itself', async () => {
    desk.phone.start(account({ password: 'wrong' }));
    const status = await desk.status(({ state }) => state === 'failed');
    expect(status).toMatchObject({ failure: { code: 'phone-refused' }, nextTryAt: null });
  });

  it('waits for a PBX that is down, and comes back to it', async () => {
    const { port } = pbx;
    await pbx.close();
    desk.phone.start(account());
    const status = await desk.status(({ state }) => state === 'failed');
    expect(status.failure?.code).toBe('phone-unreachable');
    expect(status.nextTryAt).toBeGreaterThan(0);
    pbx = await startPbx(port);
    desk.phone.retry();
    await desk.registered();
  });

  it('registers and tells its availability again after the socket was cut', async () => {
    await registeredDesk();
    const { port } = pbx;
    desk.mark();
    await pbx.close();
    pbx = await startPbx(port);
    const available = pbxSays('agentAvailabilityChanged', (of) => of.available);
    desk.phone.retry();
    await desk.registered();
    await available;
  });

  it('stops, and is gone from the PBX', async () => {
    await registeredDesk();
    const gone = pbxSays('agentUnregistered');
    await desk.phone.stop();
    expect(await gone).toMatchObject({ cause: 'asked' });
    expect(desk.phone.status().state).toBe('off');
  });
});

describe('an offered call', () => {
  it('carries number, name, queue, reference and wait', async () => {
    const leg = await offeredCall();
    expect(leg).toMatchObject({
      direction: 'in',
      state: 'ringing',
      number: '+8613800138000',
      name: '王芳',
      queueId: 'service',
      media: 'none',
      end: null,
    });
    expect(leg.callRef).toBe(pbx.state().calls[0]?.callRef);
    expect(leg.waitedMs).toBeGreaterThanOrEqual(0);
  });

  it('rings in the page, and stops ringing', async () => {
    const { leg } = await offeredCall();
    expect(media.commands.at(-1)).toEqual({ command: 'ring', input: { on: true } });
    await desk.phone.reject(leg, 'decline');
    expect(media.commands.filter(({ command }) => command === 'ring').at(-1)?.input).toEqual({
      on: false,
    });
  });

  it('is answered, with audio both ways', async () => {
    await answeredCall();
    await audioFlowsBothWays();
  });

  it('is rejected', async () => {
    const { leg } = await offeredCall();
    const declined = pbxSays('callDeclined');
    expect(await desk.phone.reject(leg, 'busy')).toEqual({ ok: true, value: null });
    expect(await desk.ended()).toMatchObject({ by: 'agent', how: 'rejected' });
    expect(await declined).toMatchObject({ statusCode: 486 });
    expect(desk.phone.legs()).toEqual([]);
  });

  it('is given up by the caller', async () => {
    const { callRef } = await offeredCall();
    pbx.hangUpCaller(callRef);
    expect(await desk.ended()).toMatchObject({ by: 'customer', how: 'cancelled', failure: null });
  });

  it('keeps a caller id of 10,000 characters out of the way', async () => {
    const leg = await offeredCall({ number: '9'.repeat(10_000), name: '王'.repeat(10_000) });
    expect(leg.number).toBe('9'.repeat(500));
    expect(leg.name).toBe('王'.repeat(200));
    expect(await desk.phone.answer(leg.leg)).toEqual({ ok: true, value: null });
    await desk.leg((now) => now.media === 'connected');
  });

  it('ends with its socket', async () => {
    await offeredCall();
    wire.cut();
    expect(await desk.ended()).toMatchObject({
      by: 'system',
      how: 'failed',
      failure: { code: 'phone-unreachable' },
    });
    expect(desk.phone.legs()).toEqual([]);
  });

  it('is not lost to a denied microphone', async () => {
    const { leg } = await offeredCall();
    await media.setMicrophone('denied');
    await desk.status((status) => status.microphone === 'denied');
    const answered = await desk.phone.answer(leg);
    expect(answered).toMatchObject({ ok: false, error: { code: 'microphone-denied' } });
    expect(desk.phone.legs()).toMatchObject([{ leg, state: 'ringing', media: 'none' }]);
    await media.setMicrophone('granted');
    await desk.status((status) => status.microphone === 'ok');
    expect(await desk.phone.answer(leg)).toEqual({ ok: true, value: null });
    await desk.leg((now) => now.media === 'connected');
    await audioFlowsBothWays();
  });

  it('outlives a reload of the page while it rings', async () => {
    const { leg } = await offeredCall();
    await media.reload();
    expect(await desk.phone.answer(leg)).toEqual({ ok: true, value: null });
    await desk.leg((now) => now.media === 'connected');
    await audioFlowsBothWays();
  });
});

describe('a call that is up', () => {
  it('is held and resumed', async () => {
    const { leg } = await answeredCall();
    const held = pbxSays('callHeld');
    expect(await desk.phone.hold(leg, true)).toEqual({ ok: true, value: null });
    await held;
    expect(desk.phone.legs()).toMatchObject([{ state: 'held' }]);
    const resumed = pbxSays('callResumed');
    expect(await desk.phone.hold(leg, false)).toEqual({ ok: true, value: null });
    await resumed;
    await audioFlowsBothWays();
  });

  it('is muted: silence goes out, packets and the other voice go on', async () => {
    const { leg } = await answeredCall();
    expect(await desk.phone.mute(leg, true)).toEqual({ ok: true, value: null });
    expect(desk.phone.legs()).toMatchObject([{ muted: true }]);
    // What was on its way when the microphone was muted.
    await audioFlowsBothWays({ muted: true });
    const { packetsIn, soundFrames } = practiceLeg();
    await vi.waitFor(
      () => expect(practiceLeg().packetsIn).toBeGreaterThan(packetsIn + 100),
      15_000,
    );
    expect(practiceLeg().soundFrames).toBe(soundFrames);
    expect(await desk.phone.mute(leg, false)).toEqual({ ok: true, value: null });
    await audioFlowsBothWays();
  });

  it('sends digits', async () => {
    const { leg } = await answeredCall();
    const digits: string[] = [];
    const all = new Promise<void>((resolve) => {
      pbx.events.on('callDigit', ({ digit }) => {
        digits.push(digit);
        if (digits.length === 3) resolve();
      });
    });
    expect(await desk.phone.sendDigits(leg, '5#7')).toEqual({ ok: true, value: null });
    await all;
    expect(digits).toEqual(['5', '#', '7']);
  });

  it('is ended by the caller', async () => {
    const { callRef } = await answeredCall();
    pbx.hangUpCaller(callRef);
    expect(await desk.ended()).toEqual({ by: 'customer', how: 'completed', failure: null });
  });

  it('is ended by the agent', async () => {
    const { leg } = await answeredCall();
    const ended = pbxSays('callEnded');
    expect(await desk.phone.hangUp(leg)).toEqual({ ok: true, value: null });
    expect(await desk.ended()).toEqual({ by: 'agent', how: 'completed', failure: null });
    expect(await ended).toMatchObject({ by: 'agent' });
  });

  it('is ended by stop', async () => {
    await answeredCall();
    const ended = pbxSays('callEnded');
    await desk.phone.stop();
    expect(await desk.ended()).toMatchObject({ by: 'agent' });
    expect(await ended).toMatchObject({ by: 'agent' });
  });

  it('gets new media after a reload of the page', async () => {
    const { leg } = await answeredCall();
    await desk.phone.mute(leg, true);
    desk.mark();
    const taken = pbxSays('callTakenOver');
    await media.reload();
    await taken;
    const now = await desk.leg((changed) => changed.media === 'connected');
    expect(now).toMatchObject({ leg, state: 'talking', muted: true, end: null });
    await audioFlowsBothWays({ muted: true });
    expect(await desk.phone.hangUp(leg)).toEqual({ ok: true, value: null });
    expect(await desk.ended()).toMatchObject({ by: 'agent' });
  });

  it('stays held over a reload of the page', async () => {
    const { leg } = await answeredCall();
    await desk.phone.hold(leg, true);
    desk.mark();
    await media.reload();
    expect(await desk.leg((changed) => changed.media === 'connected')).toMatchObject({
      leg,
      state: 'held',
    });
    expect(practiceLeg().held).toBe(true);
    expect(await desk.phone.hold(leg, false)).toEqual({ ok: true, value: null });
    await audioFlowsBothWays();
  });

  it('gets new media once more after one reload follows on another', async () => {
    const { leg } = await answeredCall();
    desk.mark();
    await media.reload();
    await media.reload();
    await desk.leg((changed) => changed.media === 'connected');
    await vi.waitFor(audioFlowsBothWays, 30_000);
    expect(desk.phone.legs()).toMatchObject([{ leg, state: 'talking', media: 'connected' }]);
  });

  it('outlives its socket', async () => {
    const { leg } = await answeredCall();
    desk.mark();
    const returned = pbxSays('agentReturned');
    wire.cut();
    await returned;
    await desk.registered();
    await audioFlowsBothWays();
    const ended = pbxSays('callEnded');
    expect(await desk.phone.hangUp(leg)).toEqual({ ok: true, value: null });
    expect(await ended).toMatchObject({ by: 'agent' });
  });
});

describe('dialling', () => {
  it('reaches the echo, with audio both ways', async () => {
    await registeredDesk();
    const placed = await desk.phone.dial('600');
    expect(placed).toMatchObject({ ok: true, value: { direction: 'out', state: 'dialling' } });
    await desk.leg((leg) => leg.state === 'talking' && leg.media === 'connected');
    await audioFlowsBothWays();
  });

  it.each([
    ['602', 'number-busy'],
    ['603', 'number-unreachable'],
    ['99', 'number-unknown'],
  ])('%s ends as %s', async (number, code) => {
    await registeredDesk();
    expect(await desk.phone.dial(number)).toMatchObject({ ok: true });
    expect(await desk.ended()).toMatchObject({ how: 'failed', failure: { code } });
  });

  it('outlives a reload of the page while it rings there', async () => {
    await registeredDesk();
    const dialled = pbxSays('callDialled');
    await desk.phone.dial('+8613800138000');
    await dialled;
    await media.reload();
    await desk.leg((leg) => leg.state === 'talking' && leg.media === 'connected');
    await audioFlowsBothWays();
  });

  it('can be given up', async () => {
    await registeredDesk();
    const placed = await desk.phone.dial('604');
    if (!placed.ok) throw new Error(placed.error.code);
    await desk.phone.hangUp(placed.value.leg);
    expect(await desk.ended()).toEqual({ by: 'agent', how: 'cancelled', failure: null });
  });

  it('needs a registration and a number', async () => {
    expect(await desk.phone.dial('600')).toMatchObject({ error: { code: 'phone-not-registered' } });
    await registeredDesk();
    expect(await desk.phone.dial('6 00;x')).toMatchObject({ error: { code: 'number-invalid' } });
  });
});
