import { type Core, SessionState } from 'sip.js';
import { describe, expect, it } from 'vitest';
import { reached } from '../desk/practiceDesk.ts';
import { openPractice } from './practiceSite.ts';

const site = openPractice();

describe('transfers', () => {
  it('hands the caller to a colleague with the same reference', async () => {
    await site.start();
    const agent = await site.readyDesk('1001');
    const { invitation, callRef } = await site.talking(agent);
    const colleague = await site.desk('1002');
    const transferred = site.next('callTransferred');
    const lines = agent.refer(invitation, agent.address('1002'));
    const second = await colleague.nextCall();
    expect(await lines).toEqual(['SIP/2.0 100 Trying', 'SIP/2.0 200 OK']);
    expect(await transferred).toMatchObject({ callRef, from: '1001', to: '1002', kind: 'blind' });
    expect(second.request.getHeader('X-Call-Ref')).toBe(callRef);
    expect(second.request.getHeader('X-Transferred-By')).toBe('1001');
    expect(second.remoteIdentity.displayName).toBe('王芳');
    const answered = site.next('callAnswered');
    await second.accept();
    expect(await answered).toMatchObject({ callRef, extension: '1002' });
    await invitation.bye();
    await colleague.media(second).heard;
    const ended = site.next('callEnded');
    await second.bye();
    expect(await ended).toMatchObject({ callRef, by: 'agent' });
  });

  it('leaves the call where it is when the target cannot be reached', async () => {
    await site.start();
    const agent = await site.readyDesk('1001');
    const { invitation, callRef } = await site.talking(agent);
    const lines = await agent.refer(invitation, agent.address('1002'));
    expect(lines.at(-1)).toBe('SIP/2.0 480 Temporarily Unavailable');
    expect(site.pbx.state().calls).toMatchObject([{ callRef, state: 'talking' }]);
    expect(invitation.state).toBe(SessionState.Established);
  });

  it('brings the caller back to the queue when the colleague does not answer', async () => {
    await site.start();
    const agent = await site.readyDesk('1001');
    const { invitation, callRef } = await site.talking(agent);
    const colleague = await site.desk('1002');
    await agent.refer(invitation, agent.address('1002'));
    await invitation.bye();
    await colleague.nextCall();
    site.clock.pass(20_000);
    const again = await agent.nextCall();
    expect(again.request.getHeader('X-Call-Ref')).toBe(callRef);
  });

  it('joins the caller with somebody outside', async () => {
    await site.start();
    const agent = await site.readyDesk('1001');
    const { invitation, callRef } = await site.talking(agent);
    const lines = await agent.refer(invitation, agent.address('13800138001'));
    expect(lines.at(-1)).toBe('SIP/2.0 200 OK');
    await invitation.bye();
    expect(site.pbx.state().calls).toMatchObject([{ callRef, state: 'talking', legs: [] }]);
  });

  it('hangs up a desk that forgets to', async () => {
    await site.start();
    const agent = await site.readyDesk('1001');
    const { invitation } = await site.talking(agent);
    await agent.refer(invitation, agent.address('13800138001'));
    site.clock.pass(5_000);
    await reached(invitation, SessionState.Terminated);
  });

  it('after asking a colleague first joins both and ends the question', async () => {
    await site.start();
    const agent = await site.readyDesk('1001');
    const { invitation, callRef } = await site.talking(agent);
    await agent.reinvite(invitation, 'sendonly');
    const colleague = await site.desk('1002');
    const dialled = agent.dial('1002');
    const asked = await colleague.nextCall();
    await asked.accept();
    const { session } = await dialled;
    const told = Promise.withResolvers<Core.IncomingRequestMessage>();
    asked.delegate = { onInvite: (request) => told.resolve(request) };
    const transferred = site.next('callTransferred', (event) => event.kind === 'attended');
    const lines = await agent.refer(invitation, session);
    const request = await told.promise;
    expect(request.getHeader('P-Asserted-Identity')).toContain('王芳');
    expect(request.getHeader('X-Call-Ref')).toBe(callRef);
    expect(lines.at(-1)).toBe('SIP/2.0 200 OK');
    expect(await transferred).toMatchObject({ callRef, from: '1001' });
    await reached(session, SessionState.Terminated);
    await invitation.bye();
    expect(site.pbx.state().calls).toMatchObject([{ callRef, legs: [{ extension: '1002' }] }]);
    expect(asked.state).toBe(SessionState.Established);
  });

  it('stays with the desk when the colleague is busy, and rings beside a call where it may', async () => {
    await site.start();
    const agent = await site.readyDesk('1001');
    const colleague = await site.desk('1002');
    await colleague.dial('600');
    const { invitation, callRef } = await site.talking(agent);
    const lines = agent.refer(invitation, agent.address('1002'));
    const waiting = await colleague.nextCall();
    await waiting.reject({ statusCode: 486 });
    expect((await lines).at(-1)).toMatch(/200 OK|486 Busy Here/u);
    expect(site.pbx.state().calls.some((call) => call.callRef === callRef)).toBe(true);
  });

  it('into a queue rings its members, who see who passed the call on', async () => {
    await site.start();
    const agent = await site.readyDesk('1001');
    const { invitation, callRef } = await site.talking(agent);
    const colleague = await site.readyDesk('1002');
    const lines = await agent.refer(invitation, agent.address('sales'));
    expect(lines.at(-1)).toBe('SIP/2.0 200 OK');
    const offered = await colleague.nextCall();
    const header = (name: string) => offered.request.getHeader(name);
    expect(header('X-Call-Ref')).toBe(callRef);
    expect(header('X-Queue')).toBe('sales');
    expect(header('X-Transferred-By')).toBe('1001');
  });

  it('comes back to the desk where a colleague does not take a call of no queue', async () => {
    await site.start();
    const agent = await site.desk('1001');
    const colleague = await site.desk('1002');
    const dialled = site.next('callDialled');
    const dialling = agent.dial('+861068880000');
    await dialled;
    site.clock.pass(5_000);
    const { session } = await dialling;
    const lines = agent.refer(session, agent.address('1002'));
    const offered = await colleague.nextCall();
    await lines;
    await session.bye();
    const returned = site.next('callReturned');
    await offered.reject({ statusCode: 603 });
    expect(await returned).toMatchObject({ extension: '1001' });
    const again = await agent.nextCall();
    expect(again.request.getHeader('X-Transferred-By')).toBe('1002');
    await agent.accept(again);
    await agent.media(again).heard;
  });

  it('joins the caller with whoever of a queue was asked first', async () => {
    await site.start();
    const agent = await site.readyDesk('1001');
    const { invitation, callRef } = await site.talking(agent);
    await agent.reinvite(invitation, 'sendonly');
    const colleague = await site.readyDesk('1002');
    const asking = agent.dial('sales');
    const asked = await colleague.nextCall();
    expect(asked.remoteIdentity.uri.user).toBe('1001');
    await colleague.accept(asked);
    const { session } = await asking;
    const lines = await agent.refer(invitation, session);
    expect(lines.at(-1)).toBe('SIP/2.0 200 OK');
    await colleague.media(asked).heard;
    await reached(session, SessionState.Terminated);
    await invitation.bye();
    expect(site.pbx.state().calls).toMatchObject([{ callRef, legs: [{ extension: '1002' }] }]);
  });
});
