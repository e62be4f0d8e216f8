import { type Session, SessionState } from 'sip.js';
import { describe, expect, it, vi } from 'vitest';
import { PracticeDesk, reached } from '../desk/practiceDesk.ts';
import { caller, openPractice } from './practiceSite.ts';

const site = openPractice();

describe('audio', () => {
  it('is counted both ways and its level is told', async () => {
    await site.start();
    const agent = await site.readyDesk('1001');
    const heard = site.next('callHeard');
    const { invitation } = await site.talking(agent);
    await Promise.all([heard, agent.media(invitation).heard]);
    const leg = site.onlyLeg();
    expect(leg.packetsIn).toBeGreaterThan(0);
    expect(leg.packetsOut).toBeGreaterThan(0);
    expect(leg.peakRms).toBeGreaterThan(4000);
    expect(leg.soundFrames).toBeGreaterThan(0);
  });

  it('stops towards a desk that holds and comes again when it resumes', async () => {
    await site.start();
    const agent = await site.readyDesk('1001');
    const { invitation, callRef } = await site.talking(agent);
    await agent.media(invitation).heard;
    const held = site.next('callHeld');
    expect(await agent.reinvite(invitation, 'sendonly')).toMatch(/^a=recvonly\r$/m);
    expect(await held).toMatchObject({ callRef, extension: '1001' });
    const atHold = site.onlyLeg();
    await expect.poll(() => site.onlyLeg().packetsIn).toBeGreaterThan(atHold.packetsIn + 3);
    expect(site.onlyLeg()).toMatchObject({ held: true, packetsOut: atHold.packetsOut });
    expect(await agent.reinvite(invitation, 'inactive')).toMatch(/^a=inactive\r$/m);
    const resumed = site.next('callResumed');
    expect(await agent.reinvite(invitation, 'sendrecv')).toMatch(/^a=sendrecv\r$/m);
    await resumed;
    await expect.poll(() => site.onlyLeg().packetsOut).toBeGreaterThan(atHold.packetsOut);
  });

  it('names only the address it is bound to', async () => {
    await site.start();
    const agent = await site.readyDesk('1001');
    site.pbx.placeCall(caller);
    const sdp = (await agent.nextCall()).request.body;
    const addresses = [...sdp.matchAll(/^a=candidate:\S+ \d \S+ \d+ (\S+)/gm)].map(([, at]) => at);
    expect(new Set(addresses)).toEqual(new Set(['127.0.0.1']));
  });

  it('notices digits sent by INFO', async () => {
    await site.start();
    const agent = await site.readyDesk('1001');
    const { invitation, callRef } = await site.talking(agent);
    const digit = site.next('callDigit');
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
    await site.start();
    const agent = await site.desk('1001');
    expect((await agent.dial(number)).status).toBe(status);
    expect(site.pbx.state().calls).toEqual([]);
  });

  it('hears itself at 600', async () => {
    await site.start();
    const agent = await site.desk('1001');
    const { session, status } = await agent.dial('600');
    expect(status).toBe(200);
    const { leg } = agent.media(session);
    await vi.waitFor(() => expect(leg.counters.peakRms).toBeGreaterThan(4000), { timeout: 50_000 });
  });

  it('hears the test tone at 601', async () => {
    await site.start();
    const agent = await site.desk('1001');
    const { session } = await agent.dial('601');
    await agent.media(session).heard;
    expect(agent.media(session).leg.counters.peakRms).toBeGreaterThan(10_000);
  });

  it('rings at 604 until the desk gives up', async () => {
    await site.start();
    const agent = await site.desk('1001');
    const session = agent.invite('604');
    const ringing = new Promise<void>((resolve) => {
      session.invite({ requestDelegate: { onProgress: () => resolve() } }).catch(() => undefined);
    });
    await ringing;
    const ended = site.next('callEnded');
    await session.cancel();
    expect(await ended).toMatchObject({ by: 'agent' });
  });

  it('reaches somebody outside', async () => {
    await site.start();
    const agent = await site.desk('1001');
    const answered = site.next('callAnswered');
    const dialled = site.next('callDialled');
    const dialling = agent.dial('+861068880000');
    await dialled;
    site.clock.pass(5_000);
    expect((await dialling).status).toBe(200);
    expect(await answered).toMatchObject({ extension: '1001' });
  });

  it.each([
    ['+862160035200', '+862160035200'],
    ['+8613800000000', '+862160035000'],
  ])('%s as the preferred number shows %s', async (preferred, callerId) => {
    await site.start({ ownNumbers: ['+862160035000', '+862160035200'] });
    const agent = await site.desk('1001');
    const dialled = site.next('callDialled');
    agent
      .invite('+861068880000', [`P-Preferred-Identity: <sip:${preferred}@practice.invalid>`])
      .invite()
      .catch(() => undefined);
    expect(await dialled).toMatchObject({ extension: '1001', callerId });
  });

  it('ring a colleague beside a call, unless that account takes no second call', async () => {
    await site.start({
      accounts: [
        { extension: '1001', password: 'p-1001', name: '', queues: [] },
        { extension: '1002', password: 'p-1002', name: '', queues: [] },
        { extension: '1003', password: 'p-1003', name: '', queues: [], callWaiting: false },
      ],
    });
    const agent = await site.desk('1001');
    const waiting = await site.desk('1002');
    const single = await site.desk('1003');
    await waiting.dial('600');
    await single.dial('600');
    expect((await agent.dial('1003')).status).toBe(486);
    const dialling = agent.dial('1002');
    await waiting.accept(await waiting.nextCall());
    expect((await dialling).status).toBe(200);
  });

  it('reaches a colleague, and both hear each other', async () => {
    await site.start();
    const agent = await site.desk('1001');
    const colleague = await site.desk('1002');
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
      { timeout: 50_000 },
    );
    await session.bye();
    await reached(invitation, SessionState.Terminated);
  });

  it('are refused with 403 before registration', async () => {
    await site.start();
    const stranger = new PracticeDesk(site.pbx.url, '1001', 'p-1001');
    site.keep(stranger);
    await stranger.userAgent.start();
    expect((await stranger.dial('600')).status).toBe(403);
  });
});
