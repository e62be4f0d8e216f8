import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Log } from '#electron/core/providers.ts';
import { ManualClock } from '#tests/support/manualClock.ts';
import { ScriptedMedia } from '#tests/support/scriptedMedia.ts';
import { type ScriptedCall, ScriptedPbx } from '#tests/support/scriptedPbx.ts';
import { TestPhone } from '#tests/support/testPhone.ts';

const password = 'a-password-never-logged';

let pbx: ScriptedPbx;
let media: ScriptedMedia;
let clock: ManualClock;
let desk: TestPhone;
let logged: string[];

beforeEach(async () => {
  pbx = await ScriptedPbx.start();
  media = new ScriptedMedia();
  clock = new ManualClock();
  logged = [];
  const write = (message: string, details?: Record<string, unknown>): void => {
    logged.push(`${message} ${JSON.stringify(details ?? {})}`);
  };
  const log: Log = { info: write, warn: write, error: write };
  desk = new TestPhone(media, {
    clock,
    log,
    random: () => 0,
    pingEveryMs: 100_000_000,
    watchEveryMs: 100_000_000,
  });
});

afterEach(async () => {
  await whilePassing(desk.phone.stop());
  await pbx.close();
  expect(logged.join('\n')).not.toContain(password);
});

async function register(): Promise<void> {
  desk.phone.start({ uri: 'sip:2041@pbx.invalid', server: pbx.url, user: '2041', password });
  await desk.registered();
}

async function offered(): Promise<{ leg: string; call: ScriptedCall }> {
  await register();
  const call = pbx.invite({ id: 'call-1' });
  const { leg } = await desk.offered();
  await call.answered('180');
  return { leg, call };
}

async function answered(): Promise<{ leg: string; call: ScriptedCall }> {
  const { leg, call } = await offered();
  expect(await desk.phone.answer(leg)).toEqual({ ok: true, value: null });
  await call.answered('200');
  call.ack();
  return { leg, call };
}

describe('registration', () => {
  it('is refreshed well before its end', async () => {
    await register();
    clock.advance(140_000);
    await pbx.next('REGISTER', (message) => message.header('CSeq') === '2 REGISTER');
    expect(desk.phone.status().state).toBe('registered');
  });

  it('follows 423 with the interval that is wanted', async () => {
    pbx.registerAnswers = [{ status: 423, headers: ['Min-Expires: 900'] }, { status: 200 }];
    await register();
    expect(pbx.messages.at(-1)?.header('Expires')).toBe('900');
  });

  it('waits longer and longer while the PBX fails, and as long as it asks', async () => {
    pbx.registerAnswers = [
      { status: 500 },
      { status: 503, headers: ['Retry-After: 20'] },
      { status: 200 },
    ];
    desk.phone.start({ uri: 'sip:2041@pbx.invalid', server: pbx.url, user: '2041', password });
    const first = await desk.status(({ nextTryAt }) => nextTryAt !== null);
    expect(first).toMatchObject({ state: 'failed', failure: { code: 'phone-unreachable' } });
    expect((first.nextTryAt ?? 0) - clock.now()).toBe(500);
    desk.mark();
    clock.advance(500);
    const second = await desk.status(({ nextTryAt }) => nextTryAt !== null);
    expect((second.nextTryAt ?? 0) - clock.now()).toBe(20_000);
    clock.advance(20_000);
    await desk.registered();
  });

  it('opens a new socket where the PBX is silent on the old one', async () => {
    pbx.registerAnswers = [];
    desk.phone.start({ uri: 'sip:2041@pbx.invalid', server: pbx.url, user: '2041', password });
    await pbx.next('REGISTER');
    clock.advance(8_000);
    await desk.status(({ nextTryAt }) => nextTryAt !== null);
    pbx.registerAnswers = [{ status: 200 }];
    clock.advance(1_000);
    await desk.registered();
  });

  it('asks a PBX that starts and does not answer yet again soon, and leaves a slow one more time', async () => {
    pbx.registerAnswers = [];
    desk.phone.start({ uri: 'sip:2041@pbx.invalid', server: pbx.url, user: '2041', password });
    await pbx.next('REGISTER');
    clock.advance(3_000);
    await desk.status(({ nextTryAt }) => nextTryAt !== null);
    const second = pbx.next('REGISTER');
    clock.advance(1_000);
    await second;
    clock.advance(3_000);
    expect(desk.phone.status().nextTryAt).toBeNull();
    clock.advance(3_000);
    await desk.status(({ nextTryAt }) => nextTryAt !== null);
    pbx.registerAnswers = [{ status: 200 }];
    clock.advance(4_000);
    await desk.registered();
  });

  it('is not repeated after a refusal until somebody asks', async () => {
    pbx.registerAnswers = [{ status: 403 }, { status: 200 }];
    desk.phone.start({ uri: 'sip:2041@pbx.invalid', server: pbx.url, user: '2041', password });
    const status = await desk.status(({ state }) => state === 'failed');
    expect(status).toMatchObject({ failure: { code: 'phone-refused' }, nextTryAt: null });
    clock.advance(600_000);
    expect(pbx.count('REGISTER')).toBe(1);
    desk.phone.retry();
    await desk.registered();
  });

  it('stops within its time though the PBX is silent', async () => {
    await register();
    pbx.registerAnswers = [];
    const stopped = desk.phone.stop();
    await pbx.next('REGISTER', (message) => message.header('Expires') === '0');
    const from = clock.now();
    await whilePassing(stopped);
    expect(clock.now() - from).toBeLessThanOrEqual(2_000);
    expect(desk.phone.status().state).toBe('off');
  });

  it('refuses an account without a usable address', async () => {
    desk.phone.start({ uri: 'nonsense', server: 'http://x', user: 'x', password });
    await desk.status(({ state, failure }) => state === 'failed' && failure !== null);
  });
});

describe('an offered call', () => {
  it('sent twice is one call', async () => {
    const { call } = await offered();
    call.ring();
    await call.answered('180');
    expect(desk.events.filter(({ type }) => type === 'offered')).toHaveLength(1);
    expect(desk.phone.legs()).toHaveLength(1);
  });

  it('tells when it came off the socket', async () => {
    await offered();
    const event = desk.events.find(({ type }) => type === 'offered');
    expect(event).toMatchObject({ wireAt: clock.now() });
  });

  it.each([
    [undefined, { by: 'customer', how: 'cancelled' }],
    ['SIP;cause=200;text="Call completed elsewhere"', { by: 'system', how: 'elsewhere' }],
  ])('cancelled with reason %s', async (reason, end) => {
    const { call } = await offered();
    call.cancel(reason);
    expect(await desk.ended()).toMatchObject(end);
    await call.answered('487');
  });

  it('cancelled while its answer is on the way ends with the BYE', async () => {
    const { leg, call } = await offered();
    expect(await desk.phone.answer(leg)).toEqual({ ok: true, value: null });
    await call.answered('200');
    call.cancel();
    call.ack();
    call.bye();
    expect(await desk.ended()).toMatchObject({ by: 'customer', how: 'completed', failure: null });
  });

  it('cancelled while the microphone is opened is not answered', async () => {
    const { leg, call } = await offered();
    const answer = desk.phone.answer(leg);
    const cancelled = desk.phone.hangUp(leg);
    expect(await answer).toMatchObject({ ok: false, error: { code: 'call-state' } });
    expect(await cancelled).toEqual({ ok: true, value: null });
    await call.answered('480');
    expect(pbx.messages.filter((message) => message.kind === '200' && call.owns(message))).toEqual(
      [],
    );
  });

  it.each(['microphone-denied', 'microphone-absent', 'microphone-busy'] as const)(
    'rings on after %s and can be answered again',
    async (code) => {
      const { leg } = await offered();
      media.failures.set('describe', code);
      expect(await desk.phone.answer(leg)).toMatchObject({ ok: false, error: { code } });
      expect(desk.phone.legs()).toMatchObject([{ leg, state: 'ringing' }]);
      expect(desk.phone.status().microphone).toBe(code.slice('microphone-'.length));
      expect(await desk.phone.answer(leg)).toEqual({ ok: true, value: null });
    },
  );

  it('ends by the system with its socket', async () => {
    await offered();
    pbx.cut();
    expect(await desk.ended()).toMatchObject({
      by: 'system',
      how: 'failed',
      failure: { code: 'phone-unreachable' },
    });
    await desk.registered();
  });

  it('with a name that breaks the grammar rings with name and number', async () => {
    await register();
    const call = pbx.invite({ id: 'call-1', from: '王芳, "VIP <sip:4001@pbx>;tag=f-call-1' });
    expect(await desk.offered()).toMatchObject({ number: '4001', name: '王芳, VIP' });
    await call.answered('180');
  });

  it('without a readable From is refused and does not ring', async () => {
    await register();
    const call = pbx.invite({ id: 'call-1', from: '<<"sip:>;tag=f-call-1' });
    await call.answered('400');
    expect(desk.phone.legs()).toEqual([]);
  });
});

describe('a call that is up', () => {
  it('tries a hold again after glare', async () => {
    const { leg } = await answered();
    const held = desk.phone.hold(leg, true);
    pbx.answer(await pbx.next('INVITE'), '491 Request Pending');
    await pbx.next('ACK');
    await untilWaiting();
    clock.advance(2_000);
    pbx.answer(await pbx.next('INVITE'), '200 OK', [], true);
    expect(await held).toEqual({ ok: true, value: null });
    expect(desk.phone.legs()).toMatchObject([{ state: 'held' }]);
  });

  it('waits for the ACK before it is held', async () => {
    const { leg, call } = await offered();
    await desk.phone.answer(leg);
    const held = desk.phone.hold(leg, true);
    await call.answered('200');
    expect(pbx.count('INVITE')).toBe(0);
    call.ack();
    pbx.answer(await pbx.next('INVITE'), '200 OK', [], true);
    expect(await held).toEqual({ ok: true, value: null });
  });

  it('stays as it was where a hold is refused', async () => {
    const { leg } = await answered();
    const held = desk.phone.hold(leg, true);
    pbx.answer(await pbx.next('INVITE'), '488 Not Acceptable Here');
    expect(await held).toMatchObject({ ok: false, error: { code: 'call-state' } });
    expect(desk.phone.legs()).toMatchObject([{ leg, state: 'talking' }]);
    expect(media.commands.some(({ command }) => command === 'rollback')).toBe(true);
  });

  it('ends where the PBX does not know it any more', async () => {
    const { leg } = await answered();
    const held = desk.phone.hold(leg, true);
    pbx.answer(await pbx.next('INVITE'), '481 Call/Transaction Does Not Exist');
    expect(await held).toMatchObject({ ok: false });
    expect(await desk.ended()).toMatchObject({ by: 'system', how: 'failed' });
  });

  it('sends digits by INFO where the audio takes none', async () => {
    const { leg } = await answered();
    media.digitsInAudio = false;
    const sent = desk.phone.sendDigits(leg, '7#');
    for (const digit of ['7', '#']) {
      const info = await pbx.next('INFO');
      expect(info.header('Content-Type')).toBe('application/dtmf-relay');
      expect(info.text).toContain(`Signal=${digit}\r\n`);
      pbx.answer(info, '200 OK');
    }
    expect(await sent).toEqual({ ok: true, value: null });
    expect(await desk.phone.sendDigits(leg, 'x')).toMatchObject({
      error: { code: 'invalid-input' },
    });
  });

  it('hung up while the socket is gone, says BYE on the next one', async () => {
    const { leg } = await answered();
    desk.mark();
    pbx.cut();
    await desk.status(({ state }) => state === 'connecting' || state === 'failed');
    await desk.phone.hangUp(leg);
    expect(await desk.ended()).toMatchObject({ by: 'agent', how: 'completed' });
    clock.advance(1_000);
    pbx.answer(await pbx.next('BYE'), '200 OK');
  });

  it('tells over a new socket where it is, and is held only after that', async () => {
    const { leg } = await answered();
    pbx.cut();
    await desk.status(({ state }) => state === 'connecting' || state === 'failed');
    clock.advance(1_000);
    const refreshing = await pbx.next('INVITE');
    const held = desk.phone.hold(leg, true);
    expect(pbx.count('INVITE')).toBe(1);
    pbx.answer(refreshing, '200 OK', [], true);
    pbx.answer(await pbx.next('INVITE'), '200 OK', [], true);
    expect(await held).toEqual({ ok: true, value: null });
    expect(desk.phone.legs()).toMatchObject([{ leg, state: 'held' }]);
  });

  it('that ended while the socket was gone ends with the next one', async () => {
    await answered();
    pbx.cut();
    await desk.status(({ state }) => state === 'connecting' || state === 'failed');
    clock.advance(1_000);
    pbx.answer(await pbx.next('INVITE'), '481 Call/Transaction Does Not Exist');
    expect(await desk.ended()).toMatchObject({ by: 'system', how: 'failed' });
    expect(desk.phone.legs()).toEqual([]);
  });

  it('is repaired with Replaces after the network path failed, and survives a PBX that fails first', async () => {
    const { leg, call } = await answered();
    media.tell({ type: 'connection', session: describedSession(), state: 'failed' });
    const first = await pbx.next('INVITE');
    expect(first.header('Replaces')).toContain('call-1;to-tag=f-call-1;from-tag=');
    expect(first.header('Require')).toBe('replaces');
    pbx.answer(first, '500 Server Internal Error');
    await pbx.next('ACK');
    await untilWaiting();
    clock.advance(1_000);
    pbx.answer(await pbx.next('INVITE'), '200 OK', [], true);
    call.bye();
    await pbx.next('ACK');
    media.tell({ type: 'connection', session: describedSession(), state: 'connected' });
    await desk.leg((now) => now.media === 'connected');
    expect(desk.phone.legs()).toMatchObject([{ leg, state: 'talking', end: null }]);
  });

  it('ends where the PBX does not know what is to be replaced', async () => {
    await answered();
    media.tell({ type: 'ready' });
    pbx.answer(await pbx.next('INVITE'), '481 Call/Transaction Does Not Exist');
    expect(await desk.ended()).toMatchObject({ by: 'system', how: 'failed' });
  });

  it('is told as ended by the customer who hangs up during a repair', async () => {
    const { call } = await answered();
    media.tell({ type: 'ready' });
    const invite = await pbx.next('INVITE');
    call.bye();
    await pbx.next('200', (message) => message.header('CSeq').endsWith('BYE'));
    pbx.answer(invite, '481 Call/Transaction Does Not Exist');
    expect(await desk.ended()).toMatchObject({ by: 'customer', how: 'completed' });
  });
});

/** Lets time pass until this is done. */
async function whilePassing(work: Promise<void>): Promise<void> {
  let isDone = false;
  const done = work.finally(() => {
    isDone = true;
  });
  while (!isDone) {
    clock.advance(100);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await done;
}

/** The session of the leg, as the media port heard it last. */
function describedSession(): string {
  const last = media.commands.findLast(({ command }) => command === 'describe');
  if (!last) throw new Error('nothing was described');
  return (last.input as { session: string }).session;
}

/** Lets what is already on its way arrive, until a short wait of the phone is set. */
async function untilWaiting(): Promise<void> {
  while (!clock.waits.some((ms) => ms <= 2_000)) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}
