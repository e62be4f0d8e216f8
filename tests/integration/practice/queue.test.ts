import { SessionState } from 'sip.js';
import { describe, expect, it } from 'vitest';
import { PracticeDesk, reached } from '../desk/practiceDesk.ts';
import { caller, openPractice } from './practiceSite.ts';

const site = openPractice();

describe('registration', () => {
  it('takes the right password and refuses a wrong one with 403', async () => {
    await site.start();
    const registered = site.next('agentRegistered');
    await site.desk('1001');
    expect(await registered).toMatchObject({ extension: '1001' });
    const stranger = new PracticeDesk(site.pbx.url, '1002', 'wrong');
    site.keep(stranger);
    await stranger.userAgent.start();
    expect(await stranger.register()).toBe(403);
    expect(site.pbx.state().agents).toMatchObject([
      { extension: '1001', registered: true, available: false, pauseReason: 'registered' },
      { extension: '1002', registered: false },
      { extension: '1003', registered: false },
    ]);
  });

  it('ends when the time is over', async () => {
    await site.start();
    const unregistered = site.next('agentUnregistered');
    await site.desk('1001');
    site.clock.pass(299_000);
    expect(site.pbx.state().agents[0]).toMatchObject({ registered: true });
    site.clock.pass(1_000);
    expect(await unregistered).toMatchObject({ extension: '1001', cause: 'expired' });
  });

  it('ends when the desk asks, and starts paused again', async () => {
    await site.start();
    const agent = await site.readyDesk('1001');
    const unregistered = site.next('agentUnregistered');
    expect(await agent.unregister()).toBe(200);
    expect(await unregistered).toMatchObject({ cause: 'asked' });
    expect(await agent.tell('ready')).toBe(403);
    expect(await agent.register()).toBe(200);
    expect(site.pbx.state().agents[0]).toMatchObject({ registered: true, available: false });
  });

  it('gives the account to the newest contact', async () => {
    await site.start();
    const older = await site.readyDesk('1001');
    const newer = await site.readyDesk('1001');
    site.pbx.placeCall(caller);
    const invitation = await newer.nextCall();
    expect(older.ringingCount).toBe(0);
    expect(await older.tell('ready')).toBe(403);
    await invitation.reject();
  });

  it('tells who is bound, also to the desk that was replaced', async () => {
    await site.start();
    const older = await site.desk('1001');
    const bound = await older.bindings();
    expect(bound).toMatch(/^<sip:1001@.*>;expires=300$/u);
    site.clock.pass(100_000);
    expect(await older.bindings()).toBe(bound.replace(/=300$/u, '=200'));
    const newer = await site.desk('1001');
    const theirs = await newer.bindings();
    expect(theirs).not.toContain(bound.slice(0, bound.indexOf(';')));
    expect(await older.bindings()).toBe(theirs);
    await newer.unregister();
    expect(await older.bindings()).toBe('');
  });

  it('answers OPTIONS', async () => {
    await site.start();
    const agent = await site.desk('1001');
    expect(await agent.options()).toBe(200);
  });

  it('leaves the older desk its running call', async () => {
    await site.start();
    const older = await site.readyDesk('1001');
    const { invitation, callRef } = await site.talking(older);
    await site.desk('1001');
    expect(await older.reinvite(invitation, 'sendonly')).toMatch(/^a=recvonly\r$/m);
    const ended = site.next('callEnded');
    await invitation.bye();
    expect(await ended).toMatchObject({ callRef, by: 'agent' });
  });

  it('renews over an old nonce without a new question to the user', async () => {
    await site.start({ timing: { nonceLifeMs: 60_000 } });
    const agent = await site.desk('1001');
    site.clock.pass(61_000);
    expect(await agent.register()).toBe(200);
  });

  it('answers availability it does not understand with 400', async () => {
    await site.start();
    const agent = await site.desk('1001');
    expect(await agent.tell('perhaps')).toBe(400);
    expect(await agent.tell('paused;reason=lunch')).toBe(200);
    expect(site.pbx.state().agents[0]).toMatchObject({ available: false, pauseReason: 'lunch' });
  });
});

describe('a timer that runs before its time by the clock', () => {
  it('still ends the moment after a call, and the caller who waits is offered', async () => {
    await site.start({ timing: { wrapUpMs: 2_000 } });
    site.clock.earlyMs = 1;
    const agent = await site.readyDesk('1001');
    const { callRef } = await site.talking(agent);
    const ended = site.next('callEnded');
    site.pbx.hangUpCaller(callRef);
    await ended;
    site.pbx.placeCall({ ...caller, number: '+8613900139000' });
    site.clock.pass(1_999);
    expect((await agent.nextCall()).remoteIdentity.uri.user).toBe('+8613900139000');
  });

  it('still ends the sparing of an agent who turned the caller away', async () => {
    await site.start();
    site.clock.earlyMs = 1;
    const agent = await site.readyDesk('1001');
    const declined = site.next('callDeclined');
    site.pbx.placeCall(caller);
    await (await agent.nextCall()).reject();
    await declined;
    site.clock.pass(4_999);
    expect((await agent.nextCall()).remoteIdentity.uri.user).toBe(caller.number);
  });
});

describe('a caller in the queue', () => {
  it('rings an available agent with name, number, queue and reference, and both hear each other', async () => {
    await site.start();
    const agent = await site.readyDesk('1001');
    const answered = site.next('callAnswered');
    const heard = site.next('callHeard');
    const callRef = site.pbx.placeCall(caller);
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
    const ended = site.next('callEnded');
    await invitation.bye();
    expect(await ended).toMatchObject({ callRef, by: 'agent' });
  });
  it('waits while nobody is available and rings the longest idle agent first', async () => {
    await site.start();
    const second = await site.readyDesk('1002');
    const first = await site.desk('1001');
    await second.tell('paused;reason=meeting');
    const entered = site.next('callEntered');
    site.pbx.placeCall(caller);
    await entered;
    expect(site.pbx.state().calls).toMatchObject([{ state: 'waiting', legs: [] }]);
    await first.tell('ready');
    const invitation = await first.nextCall();
    await second.tell('ready');
    const [rejected] = await Promise.all([
      site.next('callDeclined'),
      invitation.reject({ statusCode: 486 }),
    ]);
    expect(rejected).toMatchObject({ extension: '1001', cause: 'refused', statusCode: 486 });
    await second.nextCall();
  });

  it('is not offered to an agent who talks already', async () => {
    await site.start();
    const agent = await site.readyDesk('1001');
    await site.talking(agent);
    const entered = site.next('callEntered');
    site.pbx.placeCall({ ...caller, number: '+8613900139000' });
    await entered;
    expect(site.pbx.state().agents[0]).toMatchObject({ available: false, inCall: true });
    expect(agent.ringingCount).toBe(0);
  });

  it('goes to the next agent when the first does not answer, and stops ringing there', async () => {
    await site.start();
    const first = await site.readyDesk('1001');
    const second = await site.readyDesk('1002');
    const declined = site.next('callDeclined');
    const callRef = site.pbx.placeCall(caller);
    const missed = await first.nextCall();
    site.clock.pass(20_000);
    expect(await declined).toMatchObject({ callRef, extension: '1001', cause: 'unanswered' });
    await reached(missed, SessionState.Terminated);
    expect((await second.nextCall()).request.getHeader('X-Call-Ref')).toBe(callRef);
  });

  it('gives up when its patience is over, and the ringing ends', async () => {
    await site.start();
    const agent = await site.readyDesk('1001');
    const abandoned = site.next('callAbandoned');
    const ended = site.next('callEnded');
    const callRef = site.pbx.placeCall({ ...caller, patienceMs: 15_000 });
    const invitation = await agent.nextCall();
    site.clock.pass(15_000);
    expect(await abandoned).toMatchObject({ callRef });
    expect(await ended).toMatchObject({ callRef, by: 'abandoned', talkMs: 0 });
    await reached(invitation, SessionState.Terminated);
    expect(site.pbx.state().calls).toEqual([]);
  });

  it('says goodbye and hangs up when everything is said', async () => {
    await site.start();
    const agent = await site.readyDesk('1001');
    const ended = site.next('callEnded');
    const { invitation, callRef } = await site.talking(agent, { talkMs: 50_000, language: 'en' });
    site.clock.pass(50_000);
    expect(site.pbx.state().calls).toMatchObject([{ callRef, state: 'talking' }]);
    site.clock.pass(5_000);
    expect(await ended).toMatchObject({ callRef, by: 'caller' });
    await reached(invitation, SessionState.Terminated);
  });

  it('asks the desk to take it at once where its queue wants that', async () => {
    await site.start({ queues: [{ id: 'service', name: 'S', autoAnswer: true }] });
    const agent = await site.readyDesk('1001');
    site.pbx.placeCall(caller);
    const { request } = await agent.nextCall();
    expect(request.getHeader('Call-Info')).toMatch(/;answer-after=0$/u);
    expect(request.getHeader('Alert-Info')).toContain('info=alert-autoanswer');
  });

  it('may withhold the number', async () => {
    await site.start();
    const agent = await site.readyDesk('1001');
    site.pbx.placeCall({ number: 'anonymous', queue: 'service' });
    const invitation = await agent.nextCall();
    expect(invitation.remoteIdentity.uri.toString()).toBe('sip:anonymous@anonymous.invalid');
    expect(invitation.request.getHeader('P-Asserted-Identity')).toBeUndefined();
    expect(invitation.request.getHeader('Privacy')).toBe('id');
  });

  it('can be meant for one agent alone', async () => {
    await site.start();
    const first = await site.readyDesk('1001');
    const second = await site.readyDesk('1002');
    site.pbx.placeCall({ ...caller, agent: '1002' });
    await second.nextCall();
    expect(first.ringingCount).toBe(0);
  });
});
