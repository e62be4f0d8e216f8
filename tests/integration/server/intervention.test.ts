import { v7 as uuidv7 } from 'uuid';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type RunningServer, startServer } from '#server/server.ts';
import { defaultConfiguration } from '#shared/sample/configuration.ts';
import { practiceUsers } from '#shared/sample/practiceUsers.ts';
import type { AgentQueues, InterventionMessage, SignOutAnswer } from '#shared/sync/intervention.ts';
import type { AuditPage, LiveMessage, PullResponse } from '#shared/sync/messages.ts';
import { temporaryFolder } from '../../support/cacheFixture.ts';
import { type PracticeUser, practiceUser } from '../../support/practiceUser.ts';
import {
  type Backend,
  backendNames,
  startBackend,
  testOptions,
} from '../../support/serverBackends.ts';
import { type LiveSocket, operationBy, ServerClient } from '../../support/serverClient.ts';
import { PracticeDesk } from '../desk/practiceDesk.ts';
import { PracticeSite } from '../practice/practiceSite.ts';

const agentUser = practiceUser('xu.jing');
const mateUser = practiceUser('chen.hao');
const leadUser = practiceUser('wu.min');
const adminUser = practiceUser('admin');

const lunch = { rest: { state: 'break', reason: 'lunch' } };

/** The next message of a type on a desk's live socket. */
async function heard<T extends LiveMessage['type']>(
  socket: LiveSocket,
  type: T,
): Promise<Extract<LiveMessage, { type: T }>> {
  for (;;) {
    const message = (await socket.next()) as LiveMessage;
    if (message.type === type) return message as Extract<LiveMessage, { type: T }>;
  }
}

type Change = PullResponse['changes'][number];

/** The records of an entity once one of them fits: an older transaction may hold them back for a moment. */
async function until(
  client: ServerClient,
  entity: string,
  fits: (fields: Change['fields']) => boolean,
  cursor: string | null = null,
): Promise<Change[]> {
  let found: Change[] = [];
  await expect
    .poll(
      async () => {
        found = recordsOf(await client.pullAll(cursor), entity);
        return found.some(({ fields }) => fits(fields));
      },
      { timeout: 60_000 },
    )
    .toBe(true);
  return found;
}

function recordsOf(page: PullResponse, entity: string) {
  return page.changes.filter((change) => change.entity === entity);
}

describe.each(backendNames)('intervention on %s', (name) => {
  let backend: Backend;
  let server: RunningServer;
  /** Where everybody but the supervisor is: another node, where the database can have two. */
  let node: RunningServer;
  let lead: ServerClient;
  const sockets: LiveSocket[] = [];

  beforeAll(async () => {
    backend = await startBackend(name);
    const options = backend.options({ practiceCustomers: 0 });
    server = await startServer(options);
    node = name === 'postgres' ? await startServer(options) : server;
    lead = new ServerClient(server.url);
    await lead.signIn('wu.min');
  });
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.close();
  });
  afterAll(async () => {
    if (node !== server) await node?.stop();
    await server?.stop();
    await backend?.stop();
  });

  async function signedIn(login: string): Promise<ServerClient> {
    const client = new ServerClient(node.url);
    await client.signIn(login);
    return client;
  }

  async function live(client: ServerClient): Promise<LiveSocket> {
    const socket = client.live();
    sockets.push(socket);
    await socket.hello(client.token);
    await heard(socket, 'welcome');
    return socket;
  }

  async function audit(): Promise<AuditPage['entries']> {
    const page = await lead.call<AuditPage>('GET', '/api/audit?about=team');
    return page.body.entries;
  }

  test('a state is set by the agent’s desk, written down, and told to the agent', async () => {
    const agent = await signedIn('xu.jing');
    const socket = await live(agent);
    const tip = await agent.tip();
    const asking = lead.call('POST', `/api/team/${agentUser.id}/state`, lunch);
    const { id, byName, wish } = await heard(socket, 'intervention');
    expect({ byName, wish }).toEqual({ byName: '吴敏', wish: { kind: 'rest', ...lunch } });
    const taken = await agent.call('POST', `/api/interventions/${id}/taken`, {
      effect: 'afterWork',
    });
    expect(taken.status).toBe(204);
    expect(await asking).toMatchObject({ status: 200, body: { effect: 'afterWork' } });
    const told = await until(agent, 'notification', ({ kind }) => kind === 'team.stateSet', tip);
    expect(told).toMatchObject([
      { fields: { subject: 'break lunch', byName: '吴敏', readAt: null } },
    ]);
    expect((await audit()).slice(0, 2)).toMatchObject([
      { action: 'team.state.set', userName: '吴敏', agentName: '徐静', detail: 'break lunch' },
      { action: 'team.state.asked', userName: '吴敏', agentId: agentUser.id },
    ]);
    // Another desk of the same user says so too: nothing is written twice, and nobody else may.
    const again = { effect: 'now' };
    expect((await agent.call('POST', `/api/interventions/${id}/taken`, again)).status).toBe(204);
    expect((await lead.call('POST', `/api/interventions/${id}/taken`, again)).status).toBe(409);
    expect(await audit()).toHaveLength(2);
  });

  test('no desk of the agent: nothing is done, and the supervisor is told', async () => {
    const answer = await lead.call('POST', `/api/team/${mateUser.id}/state`, lunch);
    expect(answer).toMatchObject({ status: 409, body: { code: 'desk-away' } });
    expect((await audit())[0]).toMatchObject({ action: 'team.state.refused', reason: 'desk-away' });
  });

  test('signing out ends sessions and tells the desk who did it', async () => {
    const agent = await signedIn('xu.jing');
    const socket = await live(agent);
    const me = agentUser.id;
    const presence = { userId: me, name: '徐静', state: 'ready', reason: null, since: 1_000 };
    const fields = { ...presence, callId: null, customerName: null, queueId: null };
    await agent.push(operationBy(me, { entity: 'presence', entityId: me, fields }));
    const answer = await lead.call<SignOutAnswer>('POST', `/api/team/${me}/signOut`, {});
    expect(answer).toMatchObject({ status: 200, body: { pbx: 'none' } });
    expect(answer.body.sessions).toBeGreaterThan(0);
    const told: InterventionMessage = await heard(socket, 'intervention');
    expect(told).toMatchObject({ byName: '吴敏', wish: { kind: 'signOut' } });
    await heard(socket, 'signedOut');
    expect((await agent.call('GET', '/api/me')).status).toBe(401);
    await until(lead, 'presence', (one) => one.userId === me && one.state === 'signedOut');
    const back = await signedIn('xu.jing');
    await until(back, 'notification', ({ kind }) => kind === 'team.signedOut');
    expect((await audit())[0]).toMatchObject({ action: 'team.signedOut', agentName: '徐静' });
    // Who is signed in nowhere: said, and nothing pretended.
    expect(await lead.call('POST', `/api/team/${mateUser.id}/signOut`, {})).toMatchObject({
      body: { sessions: 0 },
    });
  });

  test('queues are kept and told; unknown ones refused', async () => {
    const path = `/api/team/${mateUser.id}/queues`;
    const queues = [
      { queueId: 'sales', penalty: 3 },
      { queueId: 'support', penalty: 0 },
    ];
    const tip = await lead.tip();
    const set = await lead.call<AgentQueues>('PUT', path, { queues });
    expect(set).toMatchObject({ status: 200, body: { queues, pbx: 'none', refused: [] } });
    expect((await lead.call<AgentQueues>('GET', path)).body.queues).toEqual(queues);
    const users = await until(lead, 'user', () => true, tip);
    expect(users).toMatchObject([{ id: mateUser.id, fields: { queueIds: ['sales', 'support'] } }]);
    const mate = await signedIn('chen.hao');
    const isTold = ({ kind }: Change['fields']) => kind === 'team.queuesChanged';
    expect(await until(mate, 'notification', isTold)).toMatchObject([
      { fields: { subject: 'sales:3, support:0', byName: '吴敏' } },
    ]);
    for (const wrong of [
      [{ queueId: 'nowhere', penalty: 0 }],
      [{ queueId: 'sales', penalty: 0 }, ...queues],
      [{ queueId: 'sales', penalty: -1 }],
      [{ queueId: 'sales\u0000', penalty: 1 }],
    ]) {
      expect((await lead.call('PUT', path, { queues: wrong })).status).toBe(400);
    }
  });

  test('is forbidden to agents, about administrators and about oneself', async () => {
    const agent = await signedIn('xu.jing');
    const asks: [string, string, unknown?][] = [
      ['POST', 'state', lunch],
      ['POST', 'signOut', {}],
      ['GET', 'queues'],
      ['PUT', 'queues', { queues: [] }],
    ];
    for (const [method, what, body] of asks) {
      const ask = (client: ServerClient, userId: string) =>
        client.call(method, `/api/team/${userId}/${what}`, body);
      expect((await ask(agent, mateUser.id)).status).toBe(403);
      expect((await ask(lead, adminUser.id)).status).toBe(403);
      expect((await ask(lead, leadUser.id)).status).toBe(403);
      expect((await ask(lead, uuidv7())).status).toBe(404);
    }
    expect((await agent.call('GET', '/api/audit?about=team')).status).toBe(403);
  });

  function messageTo(recipient: PracticeUser, sender: PracticeUser, change: object = {}) {
    return {
      ...{ sendingId: uuidv7(), senderId: sender.id, senderName: sender.name },
      ...{ recipientId: recipient.id, recipientName: recipient.name, audience: 'one' },
      ...{ audienceName: null, text: 'Meeting at four', priority: 'normal', sentAt: 1_000 },
      ...{ helpRequestId: null, readAt: null, reply: null, repliedAt: null, replyReadAt: null },
      ...change,
    };
  }

  test('a message reaches its recipient alone, and its sender sees that it was read', async () => {
    const agent = await signedIn('xu.jing');
    const mate = await signedIn('chen.hao');
    const entityId = uuidv7();
    const message = { entity: 'message', entityId };
    const sent = operationBy(leadUser.id, { ...message, fields: messageTo(agentUser, leadUser) });
    const [atAgent, atLead] = [await live(agent), await live(lead)];
    expect(await lead.push(sent)).toMatchObject([{ outcome: 'applied' }]);
    await heard(atAgent, 'news');
    expect(await until(agent, 'message', () => true)).toMatchObject([{ id: entityId }]);
    expect(recordsOf(await mate.pullAll(), 'message')).toEqual([]);
    expect(recordsOf(await (await signedIn('helen.marsh')).pullAll(), 'message')).toEqual([]);

    const change = (by: PracticeUser, fields: object) =>
      operationBy(by.id, { ...message, baseVersion: 1, fields: { ...fields } });
    expect(await mate.push(change(mateUser, { readAt: 5 }))).toMatchObject([
      { outcome: 'rejected', reason: 'not-yours' },
    ]);
    expect(await lead.push(change(leadUser, { readAt: 5 }))).toMatchObject([
      { outcome: 'rejected', reason: 'forbidden' },
    ]);
    await heard(atLead, 'news');
    const [read, again] = await agent.push(
      change(agentUser, { readAt: 2_000, reply: 'I am there', repliedAt: 2_000 }),
      change(agentUser, { readAt: 9_000 }),
    );
    expect([read?.outcome, again?.outcome]).toEqual(['applied', 'merged']);
    await heard(atLead, 'news');
    const seen = await until(lead, 'message', ({ readAt }) => readAt !== null);
    expect(seen).toMatchObject([{ fields: { readAt: 2_000, reply: 'I am there' } }]);

    const forged = [messageTo(mateUser, agentUser), messageTo(mateUser, leadUser)];
    for (const fields of forged) {
      const [refused] = await agent.push(operationBy(agentUser.id, { entity: 'message', fields }));
      expect(refused?.outcome).toBe('rejected');
    }
  });

  test('help is answered by the first who comes', async () => {
    const agent = await signedIn('xu.jing');
    const other = await signedIn('helen.marsh');
    const entityId = uuidv7();
    const help = { entity: 'helpRequest', entityId };
    const fields = {
      ...{ agentId: agentUser.id, agentName: agentUser.name, teamId: 'east', askedAt: 1_000 },
      ...{ note: '', callId: null, callRef: null, queueId: null, customerName: null },
      ...{ state: 'open', answer: null, answeredById: null, answeredByName: null },
      ...{ answeredAt: null, closedAt: null },
    };
    await agent.push(operationBy(agentUser.id, { ...help, fields }));
    expect(await until(lead, 'helpRequest', () => true)).toMatchObject([{ id: entityId }]);
    const change = (by: PracticeUser, given: object) =>
      operationBy(by.id, { ...help, baseVersion: 1, fields: { ...given } });
    const answer = (by: PracticeUser) =>
      change(by, {
        ...{ state: 'answered', answer: 'onMyWay', answeredById: by.id },
        ...{ answeredByName: by.name, answeredAt: 2_000 },
      });
    expect(await lead.push(answer(leadUser))).toMatchObject([{ outcome: 'applied' }]);
    expect(await other.push(answer(practiceUser('helen.marsh')))).toMatchObject([
      { outcome: 'rejected', reason: 'conflict' },
    ]);
    const over = change(agentUser, { state: 'over', closedAt: 3_000 });
    expect(await agent.push(over)).toMatchObject([{ outcome: 'applied' }]);
  });
});

test('what no desk has taken in time is given up, and not done later', async () => {
  const server = await startServer(testOptions({ practiceCustomers: 0, deskPatienceMs: 20 }));
  const [lead, agent] = [new ServerClient(server.url), new ServerClient(server.url)];
  try {
    await lead.signIn('wu.min');
    await agent.signIn('xu.jing');
    const socket = agent.live();
    await socket.hello(agent.token);
    await heard(socket, 'welcome');
    const answer = await lead.call('POST', `/api/team/${agentUser.id}/state`, lunch);
    expect(answer).toMatchObject({ status: 409, body: { code: 'desk-away' } });
    const { id } = await heard(socket, 'intervention');
    expect(
      await agent.call('POST', `/api/interventions/${id}/taken`, { effect: 'now' }),
    ).toMatchObject({ status: 409, body: { code: 'state-not-allowed' } });
    socket.close();
  } finally {
    await server.stop();
  }
});

describe('queues at the practice PBX', () => {
  const site = new PracticeSite();
  const connectorOf = () => {
    const { controlUrl } = site.pbx;
    if (!controlUrl) throw new Error('no control');
    return { kind: 'practice' as const, controlUrl, token: 'a-token-for-tests-only' };
  };

  async function startedSite(): Promise<void> {
    const accounts = practiceUsers.flatMap(({ extension, password, name, queueIds }) =>
      extension === null ? [] : [{ extension, password, name, queues: [...queueIds] }],
    );
    const queues = defaultConfiguration.queues.map(({ id, name }) => ({ id, name: name.en }));
    await site.start({ accounts, queues });
  }

  async function deskOf({ extension, password }: PracticeUser): Promise<PracticeDesk> {
    if (extension === null) throw new Error('no extension');
    const desk = await PracticeDesk.registered(site.pbx.url, extension, password);
    site.keep(desk);
    expect(await desk.tell('ready')).toBe(200);
    return desk;
  }

  async function startedServer(path: string) {
    const database = { kind: 'directory' as const, path };
    const options = testOptions({ practiceCustomers: 0, connector: connectorOf(), database });
    const server = await startServer(options);
    const lead = new ServerClient(server.url);
    await lead.signIn('wu.min');
    return { server, lead };
  }

  const pathOf = (user: PracticeUser) => `/api/team/${user.id}/queues`;
  const sales = [{ queueId: 'sales', penalty: 0 }];
  const orders = [{ queueId: 'orders', penalty: 0 }];

  /** As the PBX has it, once the line to it stands and it was told. */
  async function untilAtPbx(lead: ServerClient, user: PracticeUser, queues: AgentQueues['queues']) {
    const wanted = { queues, pbx: 'same', refused: [] };
    await expect
      .poll(async () => (await lead.call<AgentQueues>('GET', pathOf(user))).body, {
        timeout: 60_000,
      })
      .toEqual(wanted);
  }

  test('decide who gets the next call, and outlive a restart of server and PBX', async () => {
    const folder = temporaryFolder();
    await startedSite();
    const first = await startedServer(folder.path);
    await untilAtPbx(
      first.lead,
      mateUser,
      mateUser.queueIds.map((queueId) => ({ queueId, penalty: 0 })),
    );
    // Chen Hao takes sales from now on, and Xu Jing no more.
    for (const [user, queues] of [
      [mateUser, sales],
      [agentUser, orders],
    ] as const) {
      const put = await first.lead.call('PUT', pathOf(user), { queues });
      expect(put).toMatchObject({ status: 200, body: { pbx: 'same' } });
    }
    await first.server.stop();
    await site.stop();
    // The PBX knows nothing of it any more.
    await startedSite();
    const { server, lead } = await startedServer(folder.path);
    try {
      await untilAtPbx(lead, mateUser, sales);
      await untilAtPbx(lead, agentUser, orders);
      const desks = [await deskOf(agentUser), await deskOf(mateUser)] as const;
      site.pbx.placeCall({ queue: 'sales', number: '+8613800138000', name: '王芳' });
      const offered = await Promise.race([
        desks[0].nextCall().then(() => agentUser.login),
        desks[1].nextCall().then(() => mateUser.login),
      ]);
      expect(offered).toBe(mateUser.login);
    } finally {
      await server.stop();
      await site.stop();
      folder.remove();
    }
  });
});
