import { SessionState } from 'sip.js';
import { describe, expect, it, vi } from 'vitest';
import { reached } from '../desk/practiceDesk.ts';
import { openPractice } from './practiceSite.ts';

const site = openPractice();
const timer = ['Supported: timer', 'Session-Expires: 600'];

describe('the session timer (RFC 4028)', () => {
  it('is agreed with a desk that asks for it, and the desk refreshes', async () => {
    await site.start();
    const agent = await site.desk('1001');
    const session = agent.invite('600', timer);
    const answered = Promise.withResolvers<string>();
    await session.invite({
      requestDelegate: {
        onAccept: ({ message }) => answered.resolve(message.getHeader('Session-Expires') ?? ''),
      },
    });
    expect(await answered.promise).toBe('600;refresher=uac');
    await reached(session, SessionState.Established);
    site.clock.pass(500_000);
    await agent.reinvite(session, 'sendrecv');
    site.clock.pass(500_000);
    expect(session.state).toBe(SessionState.Established);
    const ended = site.next('callEnded');
    site.clock.pass(100_000);
    expect(await ended).toMatchObject({ by: 'network' });
    await reached(session, SessionState.Terminated);
  });

  it('refuses a session that is too short with 422 and the least', async () => {
    await site.start();
    const agent = await site.desk('1001');
    const { session, status } = await agent.dial('600', [
      'Session-Expires: 30',
      'Supported: timer',
    ]);
    expect(status).toBe(422);
    expect(session.state).toBe(SessionState.Terminated);
  });

  it('is offered to a desk that is called, and does not run where the desk knows none', async () => {
    await site.start();
    const agent = await site.readyDesk('1001');
    const { invitation } = await site.talking(agent, { talkMs: 1e8 });
    expect(invitation.request.getHeader('Session-Expires')).toBe('1800');
    site.clock.pass(4_000_000);
    expect(invitation.state).toBe(SessionState.Established);
  });

  it('is refreshed by the PBX where the desk leaves it that', async () => {
    await site.start();
    const agent = await site.desk('1001');
    const { session, status } = await agent.dial('600', [
      'Supported: timer',
      'Session-Expires: 600;refresher=uas',
    ]);
    expect(status).toBe(200);
    const refreshed = Promise.withResolvers<void>();
    session.delegate = { onInvite: () => refreshed.resolve() };
    site.clock.pass(300_000);
    await refreshed.promise;
    expect(session.state).toBe(SessionState.Established);
  });
});

describe('what goes wrong on demand', () => {
  it('a call is forgotten without a word: 481 to the desk, and no more audio', async () => {
    await site.start();
    const agent = await site.readyDesk('1001');
    const { invitation, callRef } = await site.talking(agent);
    await agent.media(invitation).heard;
    const lost = site.next('callLost');
    expect((await site.ask('POST', `/calls/${callRef}/forget`)).status).toBe(204);
    expect(await lost).toMatchObject({ callRef });
    expect(invitation.state).toBe(SessionState.Established);
    await expect(agent.reinvite(invitation, 'sendonly')).rejects.toThrow('481');
    expect(site.pbx.state().calls).toEqual([]);
  });

  it('a call is forgotten and its dialog stays without an answer', async () => {
    await site.start();
    const agent = await site.readyDesk('1001');
    const { invitation, callRef } = await site.talking(agent);
    await site.ask('POST', `/calls/${callRef}/forget`, { answers: false });
    let isAnswered = false;
    const answered = () => {
      isAnswered = true;
    };
    await invitation.info({ requestDelegate: { onAccept: answered, onReject: answered } });
    // The socket keeps the order: what is asked later is answered, the forgotten dialog is not.
    expect(await agent.tell('ready')).toBe(200);
    expect(isAnswered).toBe(false);
  });

  it('two re-INVITEs meet: both get 491, and the call goes on', async () => {
    await site.start();
    const agent = await site.readyDesk('1001');
    const { invitation, callRef } = await site.talking(agent);
    await agent.media(invitation).heard;
    expect((await site.ask('POST', `/calls/${callRef}/reinvite`, { glare: true })).status).toBe(
      204,
    );
    await expect(agent.reinvite(invitation, 'sendonly')).rejects.toThrow('491');
    await vi.waitFor(() => agent.reinvite(invitation, 'sendonly'), 50_000);
    expect(site.pbx.state().calls).toMatchObject([{ callRef, legs: [{ held: true }] }]);
  });

  it('the PBX sends a re-INVITE of its own', async () => {
    await site.start();
    const agent = await site.readyDesk('1001');
    const { invitation, callRef } = await site.talking(agent);
    const offered = Promise.withResolvers<void>();
    invitation.delegate = { onInvite: () => offered.resolve() };
    await site.ask('POST', `/calls/${callRef}/reinvite`);
    await offered.promise;
    expect(invitation.state).toBe(SessionState.Established);
  });
});
