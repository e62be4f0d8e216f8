import { SessionState } from 'sip.js';
import { describe, expect, it } from 'vitest';
import { reached } from '../desk/practiceDesk.ts';
import { caller, openPractice, replaces } from './practiceSite.ts';

const site = openPractice();

describe('a desk that comes back', () => {
  it('takes its call over with Replaces; the old dialog is ended and the caller talks on', async () => {
    await site.start();
    const agent = await site.readyDesk('1001');
    const { invitation, callRef } = await site.talking(agent);
    const takenOver = site.next('callTakenOver');
    const { session, status } = await agent.dial('1001', [replaces(invitation)]);
    expect(status).toBe(200);
    expect(await takenOver).toMatchObject({ callRef, extension: '1001' });
    await reached(invitation, SessionState.Terminated);
    await agent.media(session).heard;
    expect(site.pbx.state().calls).toMatchObject([{ callRef, state: 'talking' }]);
    const ended = site.next('callEnded');
    await session.bye();
    expect(await ended).toMatchObject({ callRef, by: 'agent' });
  });

  it('cannot take over a call of somebody else, or none', async () => {
    await site.start();
    const agent = await site.readyDesk('1001');
    const { invitation } = await site.talking(agent);
    const other = await site.desk('1002');
    expect((await other.dial('1002', [replaces(invitation)])).status).toBe(481);
    expect((await agent.dial('1001', ['Replaces: no-such;to-tag=a;from-tag=b'])).status).toBe(481);
    expect(invitation.state).toBe(SessionState.Established);
  });

  it('goes on with its dialog over the new socket, in both directions', async () => {
    await site.start();
    const agent = await site.readyDesk('1001');
    const { invitation, callRef } = await site.talking(agent);
    await agent.media(invitation).heard;
    const lost = site.next('agentUnregistered');
    await agent.cut();
    expect(await lost).toMatchObject({ cause: 'socket-lost' });
    const sent = site.onlyLeg().packetsOut;
    await expect.poll(() => site.onlyLeg().packetsOut).toBeGreaterThan(sent);
    const returned = site.next('agentReturned');
    await agent.comeBack();
    expect(await returned).toMatchObject({ extension: '1001', callRefs: [callRef] });
    expect(await agent.reinvite(invitation, 'sendonly')).toMatch(/^a=recvonly\r$/m);
    site.pbx.hangUpCaller(callRef);
    await reached(invitation, SessionState.Terminated);
  });

  it('hangs up over the new socket', async () => {
    await site.start();
    const agent = await site.readyDesk('1001');
    const { invitation, callRef } = await site.talking(agent);
    const lost = site.next('agentUnregistered');
    await agent.cut();
    await lost;
    await agent.comeBack();
    const ended = site.next('callEnded');
    await invitation.bye();
    expect(await ended).toMatchObject({ callRef, by: 'agent' });
  });

  it('is told on its return that the caller hung up meanwhile', async () => {
    await site.start();
    const agent = await site.readyDesk('1001');
    const { invitation, callRef } = await site.talking(agent);
    const lost = site.next('agentUnregistered');
    await agent.cut();
    await lost;
    site.pbx.hangUpCaller(callRef);
    await agent.comeBack();
    await reached(invitation, SessionState.Terminated);
  });

  it('finds the call ended when it comes too late', async () => {
    await site.start();
    const agent = await site.readyDesk('1001');
    const { callRef } = await site.talking(agent);
    const lost = site.next('agentUnregistered');
    await agent.cut();
    await lost;
    const ended = site.next('callEnded');
    site.clock.pass(29_000);
    expect(site.pbx.state().calls).toMatchObject([{ callRef, state: 'talking' }]);
    site.clock.pass(1_000);
    expect(await ended).toMatchObject({ callRef, by: 'network' });
    expect(site.pbx.state().calls).toEqual([]);
  });

  it('started anew takes its call over, or loses it', async () => {
    await site.start();
    const agent = await site.readyDesk('1001');
    const { invitation, callRef } = await site.talking(agent);
    const lost = site.next('agentUnregistered');
    await agent.cut();
    await lost;
    const again = await site.desk('1001');
    expect((await again.dial('1001', [replaces(invitation)])).status).toBe(200);
    expect(site.pbx.state().calls).toMatchObject([{ callRef, state: 'talking' }]);
  });

  it('started anew and not taking its call over, ends it', async () => {
    await site.start();
    const agent = await site.readyDesk('1001');
    const { callRef } = await site.talking(agent);
    const lost = site.next('agentUnregistered');
    await agent.cut();
    await lost;
    const forgotten = site.next('callForgotten');
    const ended = site.next('callEnded');
    await site.desk('1001');
    expect(await forgotten).toMatchObject({ callRef, extension: '1001' });
    site.clock.pass(5_000);
    expect(await ended).toMatchObject({ callRef, by: 'network' });
  });

  it('lost while it rang: the caller goes to the next agent', async () => {
    await site.start();
    const first = await site.readyDesk('1001');
    const second = await site.readyDesk('1002');
    const callRef = site.pbx.placeCall(caller);
    await first.nextCall();
    const declined = site.next('callDeclined');
    await first.cut();
    expect(await declined).toMatchObject({ callRef, extension: '1001', cause: 'lost' });
    await second.nextCall();
  });
});
