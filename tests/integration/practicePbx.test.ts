import { fileURLToPath } from 'node:url';
import { type Session, SessionState } from 'sip.js';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { PlaceCall } from '#server/practice/calls/callers.ts';
import type { PracticeEventMap } from '#server/practice/events.ts';
import {
  type PracticePbx,
  type PracticePbxOptions,
  startPracticePbx,
} from '#server/practice/practicePbx.ts';
import { HandClock } from './practiceClock.ts';
import { PracticeDesk, reached } from './practiceDesk.ts';

const resourcesDir = fileURLToPath(new URL('../../resources', import.meta.url));
const controlToken = 'a-token-for-tests-only';
const accounts = [
  { extension: '1001', password: 'p-1001', name: '李雷', queues: ['service'] },
  { extension: '1002', password: 'p-1002', name: 'Mary', queues: ['service', 'sales'] },
];
const queues = [
  { id: 'service', name: '客户服务' },
  { id: 'sales', name: 'Sales' },
];

const caller = { number: '+8613800138000', name: '王芳', queue: 'service' };

let pbx: PracticePbx;
let clock: HandClock;
const desks: PracticeDesk[] = [];

async function start(options: Partial<PracticePbxOptions> = {}): Promise<void> {
  clock = new HandClock();
  pbx = await startPracticePbx({
    accounts,
    queues,
    resourcesDir,
    controlToken,
    loopbackMedia: true,
    clock,
    ...options,
    // With a clock that jumps, a socket would seem dead.
    timing: { wrapUpMs: 0, pingMs: 1e9, ...options.timing },
  });
}

async function desk(extension: string): Promise<PracticeDesk> {
  const made = await PracticeDesk.registered(pbx.url, extension, `p-${extension}`);
  desks.push(made);
  return made;
}

async function readyDesk(extension: string): Promise<PracticeDesk> {
  const made = await desk(extension);
  expect(await made.tell('ready')).toBe(200);
  return made;
}

type Payload<K extends keyof PracticeEventMap> = PracticeEventMap[K][0];

/** The next event of a name that is meant; ask before the cause, await after. */
function next<K extends keyof PracticeEventMap>(
  name: K,
  isMeant: (payload: Payload<K>) => boolean = () => true,
): Promise<Payload<K>> {
  return new Promise((resolve) => {
    const listener = (payload: Payload<K>) => {
      if (!isMeant(payload)) return;
      pbx.events.off(name, listener as never);
      resolve(payload);
    };
    pbx.events.on(name, listener as never);
  });
}

/** The only leg of the only call. */
function onlyLeg() {
  const [leg, more] = pbx.state().calls.flatMap((call) => call.legs);
  if (!leg || more) throw new Error('exactly one leg was expected');
  return leg;
}

afterEach(async () => {
  for (const open of desks.splice(0)) await open.close();
  await pbx.close();
});

/** A caller who is talking with the desk. */
async function talking(agent: PracticeDesk, call: Partial<PlaceCall> = {}) {
  const answered = next('callAnswered');
  const callRef = pbx.placeCall({ ...caller, ...call }) ?? '';
  const invitation = await agent.nextCall();
  // A re-INVITE may only follow once the first INVITE's ACK is there (RFC 3261 section 14.1).
  const acknowledged = new Promise<void>((resolve) => {
    invitation.delegate = { onAck: () => resolve() };
  });
  await invitation.accept();
  await Promise.all([answered, acknowledged]);
  return { invitation, callRef };
}

describe('registration', () => {
  it('takes the right password and refuses a wrong one with 403', async () => {
    await start();
    const registered = next('agentRegistered');
    await desk('1001');
    expect(await registered).toMatchObject({ extension: '1001' });
    const stranger = new PracticeDesk(pbx.url, '1002', 'wrong');
    desks.push(stranger);
    await stranger.userAgent.start();
    expect(await stranger.register()).toBe(403);
    expect(pbx.state().agents).toMatchObject([
      { extension: '1001', registered: true, available: false, pauseReason: 'registered' },
      { extension: '1002', registered: false },
    ]);
  });

  it('ends when the time is over', async () => {
    await start();
    const unregistered = next('agentUnregistered');
    await desk('1001');
    clock.pass(299_000);
    expect(pbx.state().agents[0]).toMatchObject({ registered: true });
    clock.pass(1_000);
    expect(await unregistered).toMatchObject({ extension: '1001', cause: 'expired' });
  });

  it('ends when the desk asks, and starts paused again', async () => {
    await start();
    const agent = await readyDesk('1001');
    const unregistered = next('agentUnregistered');
    expect(await agent.unregister()).toBe(200);
    expect(await unregistered).toMatchObject({ cause: 'asked' });
    expect(await agent.tell('ready')).toBe(403);
    expect(await agent.register()).toBe(200);
    expect(pbx.state().agents[0]).toMatchObject({ registered: true, available: false });
  });

  it('gives the account to the newest contact', async () => {
    await start();
    const older = await readyDesk('1001');
    const newer = await readyDesk('1001');
    pbx.placeCall(caller);
    const invitation = await newer.nextCall();
    expect(older.ringingCount).toBe(0);
    expect(await older.tell('ready')).toBe(403);
    await invitation.reject();
  });

  it('leaves the older desk its running call', async () => {
    await start();
    const older = await readyDesk('1001');
    const { invitation, callRef } = await talking(older);
    await desk('1001');
    expect(await older.reinvite(invitation, 'sendonly')).toMatch(/^a=recvonly\r$/m);
    const ended = next('callEnded');
    await invitation.bye();
    expect(await ended).toMatchObject({ callRef, by: 'agent' });
  });

  it('renews over an old nonce without a new question to the user', async () => {
    await start({ timing: { nonceLifeMs: 60_000 } });
    const agent = await desk('1001');
    clock.pass(61_000);
    expect(await agent.register()).toBe(200);
  });

  it('answers availability it does not understand with 400', async () => {
    await start();
    const agent = await desk('1001');
    expect(await agent.tell('perhaps')).toBe(400);
    expect(await agent.tell('paused;reason=lunch')).toBe(200);
    expect(pbx.state().agents[0]).toMatchObject({ available: false, pauseReason: 'lunch' });
  });
});

describe('a caller in the queue', () => {
  it('rings an available agent with name, number, queue and reference, and both hear each other', async () => {
    await start();
    const agent = await readyDesk('1001');
    const answered = next('callAnswered');
    const heard = next('callHeard');
    const callRef = pbx.placeCall(caller);
    const invitation = await agent.nextCall();
    expect(invitation.remoteIdentity.uri.user).toBe('+8613800138000');
    expect(invitation.remoteIdentity.displayName).toBe('王芳');
    const header = (name: string) => invitation.request.getHeader(name);
    expect(header('P-Asserted-Identity')).toBe('"王芳" <sip:+8613800138000@practice.invalid>');
    expect(header('X-Queue')).toBe('service');
    expect(header('X-Queue-Name')).toBe('客户服务');
    expect(header('X-Call-Ref')).toBe(callRef);
    expect(Number(header('X-Waited'))).toBeGreaterThanOrEqual(0);
    await invitation.accept();
    expect(await answered).toMatchObject({ callRef, extension: '1001' });
    await heard;
    const ended = next('callEnded');
    await invitation.bye();
    expect(await ended).toMatchObject({ callRef, by: 'agent' });
  });
  it('waits while nobody is available and rings the longest idle agent first', async () => {
    await start();
    const second = await readyDesk('1002');
    const first = await desk('1001');
    await second.tell('paused;reason=meeting');
    const entered = next('callEntered');
    pbx.placeCall(caller);
    await entered;
    expect(pbx.state().calls).toMatchObject([{ state: 'waiting', legs: [] }]);
    await first.tell('ready');
    const invitation = await first.nextCall();
    await second.tell('ready');
    const [rejected] = await Promise.all([
      next('callDeclined'),
      invitation.reject({ statusCode: 486 }),
    ]);
    expect(rejected).toMatchObject({ extension: '1001', cause: 'refused', statusCode: 486 });
    await second.nextCall();
  });

  it('is not offered to an agent who talks already', async () => {
    await start();
    const agent = await readyDesk('1001');
    await talking(agent);
    const entered = next('callEntered');
    pbx.placeCall({ ...caller, number: '+8613900139000' });
    await entered;
    expect(pbx.state().agents[0]).toMatchObject({ available: false, inCall: true });
    expect(agent.ringingCount).toBe(0);
  });

  it('goes to the next agent when the first does not answer, and stops ringing there', async () => {
    await start();
    const first = await readyDesk('1001');
    const second = await readyDesk('1002');
    const declined = next('callDeclined');
    const callRef = pbx.placeCall(caller);
    const missed = await first.nextCall();
    clock.pass(20_000);
    expect(await declined).toMatchObject({ callRef, extension: '1001', cause: 'unanswered' });
    await reached(missed, SessionState.Terminated);
    expect((await second.nextCall()).request.getHeader('X-Call-Ref')).toBe(callRef);
  });

  it('gives up when its patience is over, and the ringing ends', async () => {
    await start();
    const agent = await readyDesk('1001');
    const abandoned = next('callAbandoned');
    const ended = next('callEnded');
    const callRef = pbx.placeCall({ ...caller, patienceMs: 15_000 });
    const invitation = await agent.nextCall();
    clock.pass(15_000);
    expect(await abandoned).toMatchObject({ callRef });
    expect(await ended).toMatchObject({ callRef, by: 'abandoned', talkMs: 0 });
    await reached(invitation, SessionState.Terminated);
    expect(pbx.state().calls).toEqual([]);
  });

  it('says goodbye and hangs up when everything is said', async () => {
    await start();
    const agent = await readyDesk('1001');
    const ended = next('callEnded');
    const { invitation, callRef } = await talking(agent, { talkMs: 50_000, language: 'en' });
    clock.pass(50_000);
    expect(pbx.state().calls).toMatchObject([{ callRef, state: 'talking' }]);
    clock.pass(5_000);
    expect(await ended).toMatchObject({ callRef, by: 'caller' });
    await reached(invitation, SessionState.Terminated);
  });

  it('may withhold the number', async () => {
    await start();
    const agent = await readyDesk('1001');
    pbx.placeCall({ number: 'anonymous', queue: 'service' });
    const invitation = await agent.nextCall();
    expect(invitation.remoteIdentity.uri.toString()).toBe('sip:anonymous@anonymous.invalid');
    expect(invitation.request.getHeader('P-Asserted-Identity')).toBeUndefined();
    expect(invitation.request.getHeader('Privacy')).toBe('id');
  });

  it('can be meant for one agent alone', async () => {
    await start();
    const first = await readyDesk('1001');
    const second = await readyDesk('1002');
    pbx.placeCall({ ...caller, agent: '1002' });
    await second.nextCall();
    expect(first.ringingCount).toBe(0);
  });
});

describe('audio', () => {
  it('is counted both ways and its level is told', async () => {
    await start();
    const agent = await readyDesk('1001');
    const heard = next('callHeard');
    const { invitation } = await talking(agent);
    await Promise.all([heard, agent.media(invitation).heard]);
    const leg = onlyLeg();
    expect(leg.packetsIn).toBeGreaterThan(0);
    expect(leg.packetsOut).toBeGreaterThan(0);
    expect(leg.peakRms).toBeGreaterThan(4000);
    expect(leg.soundFrames).toBeGreaterThan(0);
  });

  it('stops towards a desk that holds and comes again when it resumes', async () => {
    await start();
    const agent = await readyDesk('1001');
    const { invitation, callRef } = await talking(agent);
    await agent.media(invitation).heard;
    const held = next('callHeld');
    expect(await agent.reinvite(invitation, 'sendonly')).toMatch(/^a=recvonly\r$/m);
    expect(await held).toMatchObject({ callRef, extension: '1001' });
    const atHold = onlyLeg();
    await vi.waitFor(() => expect(onlyLeg().packetsIn).toBeGreaterThan(atHold.packetsIn + 3));
    expect(onlyLeg()).toMatchObject({ held: true, packetsOut: atHold.packetsOut });
    expect(await agent.reinvite(invitation, 'inactive')).toMatch(/^a=inactive\r$/m);
    const resumed = next('callResumed');
    expect(await agent.reinvite(invitation, 'sendrecv')).toMatch(/^a=sendrecv\r$/m);
    await resumed;
    await vi.waitFor(() => expect(onlyLeg().packetsOut).toBeGreaterThan(atHold.packetsOut));
  });

  it('names only the address it is bound to', async () => {
    await start();
    const agent = await readyDesk('1001');
    pbx.placeCall(caller);
    const sdp = (await agent.nextCall()).request.body;
    const addresses = [...sdp.matchAll(/^a=candidate:\S+ \d \S+ \d+ (\S+)/gm)].map(([, at]) => at);
    expect(new Set(addresses)).toEqual(new Set(['127.0.0.1']));
  });

  it('notices digits sent by INFO', async () => {
    await start();
    const agent = await readyDesk('1001');
    const { invitation, callRef } = await talking(agent);
    const digit = next('callDigit');
    await invitation.info({
      requestOptions: {
        body: {
          contentDisposition: 'render',
          contentType: 'application/dtmf-relay',
          content: 'Signal=5\r\nDuration=160\r\n',
        },
      },
    });
    expect(await digit).toMatchObject({ callRef, digit: '5', via: 'info' });
  });
});

describe('calls from a desk', () => {
  it.each([
    ['602', 486],
    ['603', 480],
    ['699', 404],
    ['1001', 486],
    ['1002', 480],
  ])('%s is answered with %i', async (number, status) => {
    await start();
    const agent = await desk('1001');
    expect((await agent.dial(number)).status).toBe(status);
    expect(pbx.state().calls).toEqual([]);
  });

  it('hears itself at 600', async () => {
    await start();
    const agent = await desk('1001');
    const { session, status } = await agent.dial('600');
    expect(status).toBe(200);
    const { leg } = agent.media(session);
    await vi.waitFor(() => expect(leg.counters.peakRms).toBeGreaterThan(4000), { timeout: 10_000 });
  });

  it('hears the test tone at 601', async () => {
    await start();
    const agent = await desk('1001');
    const { session } = await agent.dial('601');
    await agent.media(session).heard;
    expect(agent.media(session).leg.counters.peakRms).toBeGreaterThan(10_000);
  });

  it('rings at 604 until the desk gives up', async () => {
    await start();
    const agent = await desk('1001');
    const session = agent.invite('604');
    const ringing = new Promise<void>((resolve) => {
      session.invite({ requestDelegate: { onProgress: () => resolve() } }).catch(() => undefined);
    });
    await ringing;
    const ended = next('callEnded');
    await session.cancel();
    expect(await ended).toMatchObject({ by: 'agent' });
  });

  it('reaches somebody outside', async () => {
    await start();
    const agent = await desk('1001');
    const answered = next('callAnswered');
    const dialled = next('callDialled');
    const dialling = agent.dial('+861068880000');
    await dialled;
    clock.pass(5_000);
    expect((await dialling).status).toBe(200);
    expect(await answered).toMatchObject({ extension: '1001' });
  });

  it('reaches a colleague, and both hear each other', async () => {
    await start();
    const agent = await desk('1001');
    const colleague = await desk('1002');
    const dialled = agent.dial('1002');
    const invitation = await colleague.nextCall();
    expect(invitation.remoteIdentity.displayName).toBe('李雷');
    expect(invitation.request.hasHeader('X-Queue')).toBe(false);
    await invitation.accept();
    const { session } = await dialled;
    const level = (of: PracticeDesk, leg: Session) => of.media(leg).leg.counters.peakRms;
    await vi.waitFor(
      () => {
        expect(level(agent, session)).toBeGreaterThan(4000);
        expect(level(colleague, invitation)).toBeGreaterThan(4000);
      },
      { timeout: 10_000 },
    );
    await session.bye();
    await reached(invitation, SessionState.Terminated);
  });

  it('are refused with 403 before registration', async () => {
    await start();
    const stranger = new PracticeDesk(pbx.url, '1001', 'p-1001');
    desks.push(stranger);
    await stranger.userAgent.start();
    expect((await stranger.dial('600')).status).toBe(403);
  });
});

describe('transfers', () => {
  it('hands the caller to a colleague with the same reference', async () => {
    await start();
    const agent = await readyDesk('1001');
    const { invitation, callRef } = await talking(agent);
    const colleague = await desk('1002');
    const transferred = next('callTransferred');
    const lines = agent.refer(invitation, agent.address('1002'));
    const second = await colleague.nextCall();
    expect(await lines).toEqual(['SIP/2.0 100 Trying', 'SIP/2.0 200 OK']);
    expect(await transferred).toMatchObject({ callRef, from: '1001', to: '1002', kind: 'blind' });
    expect(second.request.getHeader('X-Call-Ref')).toBe(callRef);
    expect(second.request.getHeader('X-Transferred-By')).toBe('1001');
    expect(second.remoteIdentity.displayName).toBe('王芳');
    const answered = next('callAnswered');
    await second.accept();
    expect(await answered).toMatchObject({ callRef, extension: '1002' });
    await invitation.bye();
    await colleague.media(second).heard;
    const ended = next('callEnded');
    await second.bye();
    expect(await ended).toMatchObject({ callRef, by: 'agent' });
  });

  it('leaves the call where it is when the target cannot be reached', async () => {
    await start();
    const agent = await readyDesk('1001');
    const { invitation, callRef } = await talking(agent);
    const lines = await agent.refer(invitation, agent.address('1002'));
    expect(lines.at(-1)).toBe('SIP/2.0 480 Temporarily Unavailable');
    expect(pbx.state().calls).toMatchObject([{ callRef, state: 'talking' }]);
    expect(invitation.state).toBe(SessionState.Established);
  });

  it('brings the caller back to the queue when the colleague does not answer', async () => {
    await start();
    const agent = await readyDesk('1001');
    const { invitation, callRef } = await talking(agent);
    const colleague = await desk('1002');
    await agent.refer(invitation, agent.address('1002'));
    await invitation.bye();
    await colleague.nextCall();
    clock.pass(20_000);
    const again = await agent.nextCall();
    expect(again.request.getHeader('X-Call-Ref')).toBe(callRef);
  });

  it('joins the caller with somebody outside', async () => {
    await start();
    const agent = await readyDesk('1001');
    const { invitation, callRef } = await talking(agent);
    const lines = await agent.refer(invitation, agent.address('13800138001'));
    expect(lines.at(-1)).toBe('SIP/2.0 200 OK');
    await invitation.bye();
    expect(pbx.state().calls).toMatchObject([{ callRef, state: 'talking', legs: [] }]);
  });

  it('hangs up a desk that forgets to', async () => {
    await start();
    const agent = await readyDesk('1001');
    const { invitation } = await talking(agent);
    await agent.refer(invitation, agent.address('13800138001'));
    clock.pass(5_000);
    await reached(invitation, SessionState.Terminated);
  });

  it('after asking a colleague first joins both and ends the question', async () => {
    await start();
    const agent = await readyDesk('1001');
    const { invitation, callRef } = await talking(agent);
    await agent.reinvite(invitation, 'sendonly');
    const colleague = await desk('1002');
    const dialled = agent.dial('1002');
    const asked = await colleague.nextCall();
    await asked.accept();
    const { session } = await dialled;
    const transferred = next('callTransferred', (event) => event.kind === 'attended');
    const lines = await agent.refer(invitation, session);
    expect(lines.at(-1)).toBe('SIP/2.0 200 OK');
    expect(await transferred).toMatchObject({ callRef, from: '1001' });
    await reached(session, SessionState.Terminated);
    await invitation.bye();
    expect(pbx.state().calls).toMatchObject([{ callRef, legs: [{ extension: '1002' }] }]);
    expect(asked.state).toBe(SessionState.Established);
  });
});

describe('a desk that comes back', () => {
  const replaces = (session: Session) => {
    const { dialog } = session;
    if (!dialog) throw new Error('no dialog');
    return `Replaces: ${dialog.callId};to-tag=${dialog.remoteTag};from-tag=${dialog.localTag}`;
  };

  it('takes its call over with Replaces; the old dialog is ended and the caller talks on', async () => {
    await start();
    const agent = await readyDesk('1001');
    const { invitation, callRef } = await talking(agent);
    const takenOver = next('callTakenOver');
    const { session, status } = await agent.dial('1001', [replaces(invitation)]);
    expect(status).toBe(200);
    expect(await takenOver).toMatchObject({ callRef, extension: '1001' });
    await reached(invitation, SessionState.Terminated);
    await agent.media(session).heard;
    expect(pbx.state().calls).toMatchObject([{ callRef, state: 'talking' }]);
    const ended = next('callEnded');
    await session.bye();
    expect(await ended).toMatchObject({ callRef, by: 'agent' });
  });

  it('cannot take over a call of somebody else, or none', async () => {
    await start();
    const agent = await readyDesk('1001');
    const { invitation } = await talking(agent);
    const other = await desk('1002');
    expect((await other.dial('1002', [replaces(invitation)])).status).toBe(481);
    expect((await agent.dial('1001', ['Replaces: no-such;to-tag=a;from-tag=b'])).status).toBe(481);
    expect(invitation.state).toBe(SessionState.Established);
  });

  it('goes on with its dialog over the new socket, in both directions', async () => {
    await start();
    const agent = await readyDesk('1001');
    const { invitation, callRef } = await talking(agent);
    await agent.media(invitation).heard;
    const lost = next('agentUnregistered');
    await agent.cut();
    expect(await lost).toMatchObject({ cause: 'socket-lost' });
    const sent = onlyLeg().packetsOut;
    await vi.waitFor(() => expect(onlyLeg().packetsOut).toBeGreaterThan(sent));
    const returned = next('agentReturned');
    await agent.comeBack();
    expect(await returned).toMatchObject({ extension: '1001', callRefs: [callRef] });
    expect(await agent.reinvite(invitation, 'sendonly')).toMatch(/^a=recvonly\r$/m);
    pbx.hangUpCaller(callRef);
    await reached(invitation, SessionState.Terminated);
  });

  it('hangs up over the new socket', async () => {
    await start();
    const agent = await readyDesk('1001');
    const { invitation, callRef } = await talking(agent);
    const lost = next('agentUnregistered');
    await agent.cut();
    await lost;
    await agent.comeBack();
    const ended = next('callEnded');
    await invitation.bye();
    expect(await ended).toMatchObject({ callRef, by: 'agent' });
  });

  it('is told on its return that the caller hung up meanwhile', async () => {
    await start();
    const agent = await readyDesk('1001');
    const { invitation, callRef } = await talking(agent);
    const lost = next('agentUnregistered');
    await agent.cut();
    await lost;
    pbx.hangUpCaller(callRef);
    await agent.comeBack();
    await reached(invitation, SessionState.Terminated);
  });

  it('finds the call ended when it comes too late', async () => {
    await start();
    const agent = await readyDesk('1001');
    const { callRef } = await talking(agent);
    const lost = next('agentUnregistered');
    await agent.cut();
    await lost;
    const ended = next('callEnded');
    clock.pass(29_000);
    expect(pbx.state().calls).toMatchObject([{ callRef, state: 'talking' }]);
    clock.pass(1_000);
    expect(await ended).toMatchObject({ callRef, by: 'network' });
    expect(pbx.state().calls).toEqual([]);
  });

  it('started anew takes its call over, or loses it', async () => {
    await start();
    const agent = await readyDesk('1001');
    const { invitation, callRef } = await talking(agent);
    const lost = next('agentUnregistered');
    await agent.cut();
    await lost;
    const again = await desk('1001');
    expect((await again.dial('1001', [replaces(invitation)])).status).toBe(200);
    expect(pbx.state().calls).toMatchObject([{ callRef, state: 'talking' }]);
  });

  it('started anew and not taking its call over, ends it', async () => {
    await start();
    const agent = await readyDesk('1001');
    const { callRef } = await talking(agent);
    const lost = next('agentUnregistered');
    await agent.cut();
    await lost;
    const forgotten = next('callForgotten');
    const ended = next('callEnded');
    await desk('1001');
    expect(await forgotten).toMatchObject({ callRef, extension: '1001' });
    clock.pass(5_000);
    expect(await ended).toMatchObject({ callRef, by: 'network' });
  });

  it('lost while it rang: the caller goes to the next agent', async () => {
    await start();
    const first = await readyDesk('1001');
    const second = await readyDesk('1002');
    const callRef = pbx.placeCall(caller);
    await first.nextCall();
    const declined = next('callDeclined');
    await first.cut();
    expect(await declined).toMatchObject({ callRef, extension: '1001', cause: 'lost' });
    await second.nextCall();
  });
});
