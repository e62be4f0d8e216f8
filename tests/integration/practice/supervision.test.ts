import { SessionState } from 'sip.js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type RunningServer, startServer } from '#server/server.ts';
import { defaultConfiguration } from '#shared/sample/configuration.ts';
import { practiceUsers } from '#shared/sample/practiceUsers.ts';
import type { AuditPage, CentreMessage, LiveMessage } from '#shared/sync/messages.ts';
import { testOptions } from '../../support/serverBackends.ts';
import { type LiveSocket, ServerClient } from '../../support/serverClient.ts';
import { PracticeDesk, reached } from '../desk/practiceDesk.ts';
import { PracticeSite } from './practiceSite.ts';

const site = new PracticeSite();
const controlToken = 'a-token-for-tests-only';
const tones = { agent: 500, supervisor: 1_500 };
const [agentUser, idleUser, supervisorUser] = ['xu.jing', 'chen.hao', 'wu.min'].map(userOf);

function userOf(login: string) {
  const user = practiceUsers.find((one) => one.login === login);
  if (!user?.extension) throw new Error(login);
  return { ...user, extension: user.extension };
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('nothing there');
  return value;
}

/** What a desk is told over its live socket, each kind awaited on its own. */
class Told {
  readonly socket: LiveSocket;
  readonly messages: CentreMessage[] = [];

  constructor(socket: LiveSocket) {
    this.socket = socket;
  }

  async until(wanted: (message: CentreMessage) => boolean): Promise<CentreMessage> {
    for (;;) {
      const message = (await this.socket.next()) as LiveMessage;
      if (message.type === 'welcome' || message.type === 'news' || message.type === 'signedOut')
        continue;
      this.messages.push(message);
      if (wanted(message)) return message;
    }
  }
}

describe('supervision on the practice PBX', () => {
  let server: RunningServer;
  let agent: ServerClient;
  let supervisor: ServerClient;
  let agentDesk: PracticeDesk;
  let supervisorDesk: PracticeDesk;
  const sockets: LiveSocket[] = [];
  /** The newest entry from before the test. */
  let before: string | null = null;

  beforeAll(async () => {
    const accounts = practiceUsers.flatMap(({ extension, password, name, queueIds }) =>
      extension === null ? [] : [{ extension, password, name, queues: [...queueIds] }],
    );
    const queues = defaultConfiguration.queues.map(({ id, name }) => ({ id, name: name.en }));
    await site.start({ accounts, queues });
    server = await startServer(
      testOptions({
        practiceCustomers: 0,
        connector: {
          kind: 'practice',
          controlUrl: present(site.pbx.controlUrl),
          token: controlToken,
        },
      }),
    );
    agent = new ServerClient(server.url);
    supervisor = new ServerClient(server.url);
    await agent.signIn('xu.jing');
    await supervisor.signIn('wu.min');
    agentDesk = await deskOf(present(agentUser));
    supervisorDesk = await deskOf(present(supervisorUser));
    agentDesk.tone = tones.agent;
    supervisorDesk.tone = tones.supervisor;
  });
  beforeEach(async () => {
    before = (await audit())[0]?.id ?? null;
  });
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.close();
    for (const { callRef } of site.pbx.state().calls) site.pbx.hangUpCaller(callRef);
  });
  afterAll(async () => {
    await server.stop();
    await site.stop();
  });

  async function deskOf(user: { extension: string; password: string }): Promise<PracticeDesk> {
    const desk = await PracticeDesk.registered(site.pbx.url, user.extension, user.password);
    site.keep(desk);
    return desk;
  }

  async function live(client: ServerClient): Promise<Told> {
    const socket = client.live({ ofPbx: true });
    sockets.push(socket);
    await socket.hello(client.token);
    return new Told(socket);
  }

  /** The agent talks with a caller, and the server knows. */
  async function talking() {
    const told = await live(agent);
    const watching = await live(supervisor);
    await watching.until(
      (message) => message.type === 'connector' && message.status.state === 'connected',
    );
    expect(await agentDesk.tell('ready')).toBe(200);
    await told.until((message) => message.type === 'pbx' && !message.paused);
    // Without a scenario of that name the caller is silent: only the tones are to be heard.
    const caller = { queue: 'support', scenario: 'silent' };
    const { invitation, callRef } = await site.talking(agentDesk, caller);
    await told.until((message) => message.type === 'recording' && message.state === 'on');
    return { told, watching, invitation, callRef };
  }

  const listen = (mode: string, userId = present(agentUser).id) =>
    supervisor.call('POST', '/api/pbx/listen', { userId, mode });

  /** What the test has caused so far, newest first. */
  async function audit(): Promise<AuditPage['entries']> {
    const { entries } = (await supervisor.call<AuditPage>('GET', '/api/audit')).body;
    const known = entries.findIndex(({ id }) => id === before);
    return known < 0 ? entries : entries.slice(0, known);
  }

  it('lets a supervisor listen, whisper and barge; tells the agent; writes it down', async () => {
    const { told, invitation, callRef } = await talking();
    const answer = listen('listen');
    const listening = await supervisorDesk.nextCall();
    expect(listening.request.getHeader('X-Listen')).toBe(present(agentUser).extension);
    await supervisorDesk.accept(listening);
    expect((await answer).status).toBe(204);
    expect(await told.until(({ type }) => type === 'listener')).toEqual({
      type: 'listener',
      callRef,
      name: '吴敏',
      mode: 'listen',
    });
    await supervisorDesk.hears(listening, [tones.agent]);

    expect((await listen('whisper')).status).toBe(204);
    expect(await told.until(({ type }) => type === 'listener')).toMatchObject({ mode: 'whisper' });
    await agentDesk.hears(invitation, [tones.supervisor]);
    expect((await listen('barge')).status).toBe(204);
    expect(await told.until(({ type }) => type === 'listener')).toMatchObject({ mode: 'barge' });

    expect((await supervisor.call('POST', '/api/pbx/listen/stop')).status).toBe(204);
    await reached(listening, SessionState.Terminated);
    expect(await told.until(({ type }) => type === 'listener')).toMatchObject({ mode: null });
    await expect
      .poll(async () => (await audit()).map(({ action, mode }) => [action, mode]))
      .toEqual([
        ['listening.stopped', 'barge'],
        ['listening.changed', 'barge'],
        ['listening.changed', 'whisper'],
        ['listening.started', 'listen'],
        ['listening.asked', 'listen'],
      ]);
    expect((await audit())[0]).toMatchObject({
      userId: present(supervisorUser).id,
      userName: '吴敏',
      agentId: present(agentUser).id,
      agentName: '徐静',
      callRef,
    });
    expect(invitation.state).toBe(SessionState.Established);
  });

  it('tells a desk that comes back what it has to know', async () => {
    const { callRef } = await talking();
    const answer = listen('barge');
    await supervisorDesk.accept(await supervisorDesk.nextCall());
    await answer;
    const told = await live(agent);
    await told.until(({ type }) => type === 'listener');
    expect(told.messages).toMatchObject([
      { type: 'connector', status: { state: 'connected' } },
      { type: 'pbx', paused: false },
      { type: 'recording', callRef, state: 'on' },
      { type: 'listener', callRef, name: '吴敏', mode: 'barge' },
    ]);
  });

  it('leads the caller to the supervisor', async () => {
    const { invitation, callRef } = await talking();
    const answer = supervisor.call('POST', '/api/pbx/takeOver', {
      userId: present(agentUser).id,
    });
    const offered = await supervisorDesk.nextCall();
    expect(offered.request.getHeader('X-Call-Ref')).toBe(callRef);
    await supervisorDesk.accept(offered);
    expect((await answer).status).toBe(204);
    await reached(invitation, SessionState.Terminated);
    // The end of a listening of the test before may be told late.
    const actions = (await audit()).map(({ action }) => action);
    expect(actions.filter((action) => !action.startsWith('listening.'))).toEqual([
      'call.takenOver',
      'takeOver.asked',
    ]);
  });

  it('pauses the recording of one’s own call, and of no other', async () => {
    const { told, callRef } = await talking();
    const other = new ServerClient(server.url);
    await other.signIn('chen.hao');
    expect(await other.call('POST', '/api/pbx/recording', { callRef, on: false })).toMatchObject({
      status: 409,
      body: { code: 'not-in-call' },
    });
    expect(await agent.call('POST', '/api/pbx/recording', { callRef, on: false })).toMatchObject({
      status: 200,
      body: { state: 'paused' },
    });
    expect(await told.until(({ type }) => type === 'recording')).toMatchObject({
      callRef,
      state: 'paused',
    });
    await agent.call('POST', '/api/pbx/recording', { callRef, on: true });
    const written = (await audit()).map(({ action, userName }) => [action, userName]);
    expect(written.filter(([action]) => action?.startsWith('recording.'))).toEqual([
      ['recording.resumed', '徐静'],
      ['recording.paused', '徐静'],
    ]);
  });

  it('goes by the extension that a desk was signed in with: its phone stays there', async () => {
    const { told, callRef } = await talking();
    told.socket.close();
    const { id, extension } = present(agentUser);
    const admin = new ServerClient(server.url);
    await admin.signIn('admin');
    const move = async (to: string) =>
      (await admin.call('PATCH', `/api/users/${id}`, { extension: to })).status;
    expect(await move('2999')).toBe(200);
    try {
      const asked = await agent.call('POST', '/api/pbx/recording', { callRef, on: false });
      expect(asked).toMatchObject({ status: 200, body: { state: 'paused' } });
      const back = await live(agent);
      const paused = { type: 'recording', callRef, state: 'paused' };
      expect(await back.until(({ type }) => type === 'recording')).toEqual(paused);
      const anew = new ServerClient(server.url);
      expect((await anew.signIn('xu.jing')).user.extension).toBe('2999');
      expect((await agent.call('GET', '/api/me')).body).toMatchObject({ extension });
    } finally {
      await move(extension);
    }
  });

  it('refuses by permission, by state, and what comes too often', async () => {
    const idle = present(idleUser).id;
    const listening = { userId: idle, mode: 'listen' };
    expect(await agent.call('POST', '/api/pbx/listen', listening)).toMatchObject({
      status: 403,
      body: { code: 'forbidden' },
    });
    expect((await agent.call('GET', '/api/audit')).status).toBe(403);
    const watching = await live(supervisor);
    await watching.until(
      (message) => message.type === 'connector' && message.status.state === 'connected',
    );
    expect(await listen('listen', idle)).toMatchObject({
      status: 409,
      body: { code: 'not-in-call' },
    });
    expect(await listen('listen', present(supervisorUser).id)).toMatchObject({
      body: { code: 'not-in-call' },
    });
    expect((await listen('shout')).status).toBe(400);
    expect((await listen('listen', '019b76da-a800-7000-8000-000000009999')).status).toBe(404);
    expect(await audit()).toMatchObject([
      { action: 'listening.refused', reason: 'not-in-call', userName: '吴敏' },
      { action: 'listening.asked' },
    ]);
    const other = new ServerClient(server.url);
    await other.signIn('helen.marsh');
    const asked = Array.from({ length: 60 }, () => other.call('POST', '/api/pbx/listen/stop'));
    const statuses = (await Promise.all(asked)).map(({ status }) => status);
    expect(statuses).toContain(204);
    expect(statuses).toContain(429);
  });

  it('tells the agent what the PBX holds of him, and goes on after the PBX was away', async () => {
    const told = await live(agent);
    const watching = await live(supervisor);
    await watching.until(
      (message) => message.type === 'connector' && message.status.state === 'connected',
    );
    expect(await agentDesk.tell('ready')).toBe(200);
    await told.until((message) => message.type === 'pbx' && !message.paused);
    await site.ask('POST', `/agents/${present(agentUser).extension}/pause`, { reason: 'lunch' });
    expect(await told.until((message) => message.type === 'pbx' && message.paused)).toMatchObject({
      reason: 'lunch',
    });
    await site.pbx.close();
    await watching.until(
      (message) => message.type === 'connector' && message.status.state === 'blind',
    );
    expect(await listen('listen', present(idleUser).id)).toMatchObject({
      status: 409,
      body: { code: 'connector-absent' },
    });
  });
});

describe('a server without a line to its PBX', () => {
  it('says so', async () => {
    const server = await startServer(testOptions({ practiceCustomers: 0 }));
    const client = new ServerClient(server.url);
    await client.signIn('wu.min');
    expect(await client.call('GET', '/api/pbx')).toMatchObject({ body: { state: 'absent' } });
    const request = { userId: present(agentUser).id, mode: 'listen' };
    expect(await client.call('POST', '/api/pbx/listen', request)).toMatchObject({
      status: 409,
      body: { code: 'connector-absent' },
    });
    await server.stop();
  });
});
