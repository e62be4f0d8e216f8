import { SessionState } from 'sip.js';
import { describe, expect, it } from 'vitest';
import { reached } from '../desk/practiceDesk.ts';
import { openPractice, replaces } from './practiceSite.ts';

const site = openPractice();

/** Tones by which each is told from the others, Hz. */
const tones = { agent: 500, other: 1_000, supervisor: 1_500 };

/** 1001 talks with 1002, each with a tone of their own; 1003 is a supervisor's desk. */
async function centre() {
  await site.start();
  const [agent, other, supervisor] = [
    await site.desk('1001'),
    await site.desk('1002'),
    await site.desk('1003'),
  ];
  agent.tone = tones.agent;
  other.tone = tones.other;
  supervisor.tone = tones.supervisor;
  const dialled = other.dial('1001');
  const asked = await agent.nextCall();
  await agent.accept(asked);
  const { session } = await dialled;
  return { agent, other, supervisor, asked, session };
}

const listen = (mode: string, agent = '1001') =>
  site.ask('POST', '/listeners', { supervisor: '1003', agent, mode });

describe('a supervisor who listens in', () => {
  it('hears both; a whisper is heard by the agent alone; both hear who barges in', async () => {
    const { agent, other, supervisor, asked, session } = await centre();
    const isOn = site.next('listenerChanged', ({ state }) => state === 'on');
    const started = await listen('listen');
    expect(started).toMatchObject({ status: 201 });
    const offered = await supervisor.nextCall();
    const header = (name: string) => offered.request.getHeader(name);
    expect(header('X-Listen')).toBe('1001');
    expect(header('X-Call-Ref')).toBe(started.body.callRef);
    expect(header('Call-Info')).toContain('answer-after=0');
    expect(offered.remoteIdentity.displayName).toBe('李雷');
    await supervisor.accept(offered);
    expect(await isOn).toMatchObject({ supervisor: '1003', agent: '1001', mode: 'listen' });

    await supervisor.hears(offered, [tones.agent, tones.other]);
    await agent.hears(asked, [tones.other], [tones.supervisor]);
    await other.hears(session, [tones.agent], [tones.supervisor]);

    expect((await listen('whisper')).status).toBe(200);
    await agent.hears(asked, [tones.other, tones.supervisor]);
    await other.hears(session, [tones.agent], [tones.supervisor]);

    expect(
      (await site.ask('PATCH', `/listeners/${started.body.id}`, { mode: 'barge' })).status,
    ).toBe(204);
    await agent.hears(asked, [tones.other, tones.supervisor]);
    await other.hears(session, [tones.agent, tones.supervisor]);
    await supervisor.hears(offered, [tones.agent, tones.other], [tones.supervisor]);
    expect(site.pbx.state().listeners).toMatchObject([
      { id: started.body.id, mode: 'barge', state: 'on' },
    ]);

    expect((await site.ask('DELETE', `/listeners/${started.body.id}`)).status).toBe(204);
    await reached(offered, SessionState.Terminated);
    await agent.hears(asked, [tones.other], [tones.supervisor]);
    expect(session.state).toBe(SessionState.Established);
  });

  it('leaves by hanging up, and is let go when the call ends', async () => {
    const { agent, supervisor, asked } = await centre();
    await listen('listen');
    const first = await supervisor.nextCall();
    await supervisor.accept(first);
    const ended = site.next('listenerChanged', ({ state }) => state === 'ended');
    await first.bye();
    await ended;
    expect(asked.state).toBe(SessionState.Established);
    await listen('listen');
    const second = await supervisor.nextCall();
    await supervisor.accept(second);
    await asked.bye();
    await reached(second, SessionState.Terminated);
    expect(site.pbx.state()).toMatchObject({ listeners: [], calls: [] });
    expect(agent.ringingCount).toBe(0);
  });

  it('stays with the agent whose desk repairs its audio', async () => {
    const { agent, supervisor, asked } = await centre();
    await listen('whisper');
    const offered = await supervisor.nextCall();
    await supervisor.accept(offered);
    const { session, status } = await agent.dial('1001', [replaces(asked)]);
    expect(status).toBe(200);
    await agent.hears(session, [tones.other, tones.supervisor]);
    expect(offered.state).toBe(SessionState.Established);
  });

  it('is refused where there is nothing to hear, or no desk to ring', async () => {
    await site.start();
    await site.desk('1001');
    expect(await listen('listen')).toMatchObject({
      status: 409,
      body: { detail: 'the agent is in no call' },
    });
    expect((await listen('listen', '9999')).status).toBe(404);
    expect((await listen('shout')).status).toBe(400);
    expect((await site.ask('DELETE', '/listeners/none')).status).toBe(404);
  });
});

describe('a supervisor who takes a call over', () => {
  it('gets the caller with the same reference; the agent keeps the call until then', async () => {
    await site.start();
    const agent = await site.readyDesk('1001');
    const supervisor = await site.desk('1003');
    const { invitation, callRef } = await site.talking(agent);
    await listen('listen');
    const listening = await supervisor.nextCall();
    await supervisor.accept(listening);
    const moved = site.next('callMoved');
    expect(
      await site.ask('POST', `/calls/${callRef}/take-over`, { extension: '1003' }),
    ).toMatchObject({ status: 202 });
    const offered = await supervisor.nextCall();
    expect(offered.request.getHeader('X-Call-Ref')).toBe(callRef);
    expect(offered.request.getHeader('X-Queue')).toBe('service');
    expect(offered.request.getHeader('X-Transferred-By')).toBe('1001');
    expect(invitation.state).toBe(SessionState.Established);
    await supervisor.accept(offered);
    expect(await moved).toMatchObject({ callRef, from: '1001', to: '1003' });
    await Promise.all([
      reached(invitation, SessionState.Terminated),
      reached(listening, SessionState.Terminated),
    ]);
    await supervisor.media(offered).heard;
    expect(site.pbx.state()).toMatchObject({
      listeners: [],
      calls: [{ callRef, state: 'talking', legs: [{ extension: '1003' }] }],
    });
  });

  it('leaves the call where it is when the supervisor does not take it', async () => {
    await site.start();
    const agent = await site.readyDesk('1001');
    const supervisor = await site.desk('1003');
    const { invitation, callRef } = await site.talking(agent);
    await site.ask('POST', `/calls/${callRef}/take-over`, { extension: '1003' });
    const offered = await supervisor.nextCall();
    await offered.reject();
    await reached(offered, SessionState.Terminated);
    expect(invitation.state).toBe(SessionState.Established);
    expect(site.pbx.state().calls).toMatchObject([{ callRef, state: 'talking' }]);
  });

  it('is refused for a call that nobody has, and by a desk that is not there', async () => {
    await site.start();
    const agent = await site.readyDesk('1001');
    const { callRef } = await site.talking(agent);
    const takeOver = (extension: string) =>
      site.ask('POST', `/calls/${callRef}/take-over`, { extension });
    expect((await takeOver('1003')).status).toBe(409);
    expect((await takeOver('1001')).status).toBe(409);
    expect((await takeOver('9999')).status).toBe(404);
    expect((await site.ask('POST', '/calls/none/take-over', { extension: '1003' })).status).toBe(
      404,
    );
  });
});
