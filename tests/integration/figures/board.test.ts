import { v7 as uuidv7 } from 'uuid';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type RunningServer, startServer } from '#server/server.ts';
import type { AgentStateName } from '#shared/domain/agents/agentState.ts';
import type { Call } from '#shared/domain/calls/call.ts';
import { noCounts } from '#shared/domain/metrics/queueFigures.ts';
import type { BoardCurve } from '#shared/sync/board.ts';
import type { SignedInUser } from '#shared/sync/messages.ts';
import { agentOn, BoardWatcher, callOn, queueOn } from '../../support/boardWatcher.ts';
import { type Backend, backendNames, startBackend } from '../../support/serverBackends.ts';
import { type LiveSocket, operationBy, ServerClient } from '../../support/serverClient.ts';

describe.each(backendNames)('the live board on %s', (name) => {
  let backend: Backend;
  let server: RunningServer;
  /** Another node on the same database, where the database is one for two. */
  let other: RunningServer;
  let agent: ServerClient;
  let me: SignedInUser;
  let supervisor: ServerClient;
  const watchers: BoardWatcher[] = [];

  beforeAll(async () => {
    backend = await startBackend(name);
    const options = backend.options({ practiceCustomers: 0 });
    server = await startServer(options);
    other = name === 'postgres' ? await startServer(options) : server;
    agent = new ServerClient(server.url);
    me = (await agent.signIn('xu.jing')).user;
    supervisor = new ServerClient(other.url);
    await supervisor.signIn('wu.min');
  });
  afterEach(() => {
    for (const { socket } of watchers.splice(0)) socket.close();
  });
  afterAll(async () => {
    await server?.stop();
    await other?.stop();
    await backend?.stop();
  });

  async function watch(client = supervisor): Promise<BoardWatcher> {
    const watcher = await BoardWatcher.open(client);
    watchers.push(watcher);
    return watcher;
  }

  async function push(entity: string, entityId: string, fields: object): Promise<void> {
    const operation = operationBy(me.id, { entity, entityId, fields: { ...fields } });
    const [result] = await agent.push(operation);
    expect(result).toMatchObject({ outcome: 'applied' });
  }

  function become(state: AgentStateName, since: number): Promise<void> {
    const { id, name: agentName } = me;
    const nothing = { reason: null, callId: null, customerName: null, queueId: null };
    return push('presence', id, { userId: id, name: agentName, state, since, ...nothing });
  }

  const callOf = (offeredAt: number): Call => ({
    ...{ callRef: uuidv7(), direction: 'in', queueId: 'support', numberRaw: '13800138000' },
    ...{ numberKey: null, callerName: null, customerId: null, agentId: me.id, offeredAt },
    ...{ answeredAt: null, endedAt: null, endedBy: null, result: null, waitedMs: 4_000 },
    ...{ heldMs: 0, report: null, transferredTo: null, transferredBy: null, recordingGaps: [] },
    kind: 'customer',
  });

  test('shows what desks tell of agents and calls, and counts what the cells count', async () => {
    const watcher = await watch();
    const empty = await watcher.until(() => true);
    expect(empty).toMatchObject({ source: 'desk', connector: { state: 'absent' }, calls: [] });
    expect(queueOn(empty, 'support')?.today).toEqual(noCounts);
    expect(agentOn(empty, me.id)).toMatchObject({ state: 'signedOut' });

    const at = Date.now();
    await become('ready', at - 10_000);
    const ready = await watcher.until((board) => agentOn(board, me.id)?.state === 'ready');
    expect(agentOn(ready, me.id)).toMatchObject({ since: at - 10_000, callRef: null });

    const [id, call] = [uuidv7(), callOf(at - 3_000)];
    const { callRef } = call;
    await push('call', id, call);
    const rings = await watcher.until((board) => callOn(board, callRef) !== undefined);
    expect(callOn(rings, callRef)).toMatchObject({
      ...{ state: 'ringing', queueId: 'support', agentId: me.id, enteredAt: at - 7_000 },
      caller: '13800138000',
    });
    expect(queueOn(rings, 'support')?.today).toMatchObject({ offered: 1, waiting: 1 });
    expect(agentOn(rings, me.id)?.callRef).toBe(callRef);

    await push('call', id, { answeredAt: at - 2_000 });
    await become('onCall', at - 2_000);
    const talks = await watcher.until(
      (board) =>
        callOn(board, callRef)?.state === 'talking' && agentOn(board, me.id)?.state === 'onCall',
    );
    expect(agentOn(talks, me.id)?.today.time).toMatchObject({ ready: 8_000, onCall: 0 });

    await push('call', id, { endedAt: at - 1_000, endedBy: 'agent', result: 'answered' });
    await become('wrapUp', at - 1_000);
    await become('ready', at - 400);
    const over = await watcher.until(
      (board) => agentOn(board, me.id)?.today.handled === 1 && callOn(board, callRef) === undefined,
    );
    expect(queueOn(over, 'support')).toMatchObject({
      today: { ...{ offered: 1, answered: 1, waiting: 0, answerWaitMs: 5_000, answeredInTime: 1 } },
      handleMs: 1_600,
    });
    const curve = await supervisor.call<BoardCurve>('GET', '/api/board/curve?queueId=support');
    const sum = (points: BoardCurve['today']) =>
      (['offered', 'answered'] as const).map((name) =>
        points.reduce((all, point) => all + point[name], 0),
      );
    expect(curve.status).toBe(200);
    expect(sum(curve.body.today)).toEqual([1, 1]);
    expect(sum(curve.body.yesterday)).toEqual([0, 0]);
    expect(curve.body.lastWeek).toHaveLength(96);

    // Whoever comes later, to whichever node, is told the same.
    const later = await (await watch(await signedIn('helen.marsh', server))).until(() => true);
    for (const part of ['queues', 'agents', 'calls'] as const) {
      const byText = (board: typeof over) => board[part].map((one) => JSON.stringify(one)).sort();
      expect(byText(later)).toEqual(byText(over));
    }
  });

  async function signedIn(login: string, at = other): Promise<ServerClient> {
    const client = new ServerClient(at.url);
    await client.signIn(login);
    return client;
  }

  async function welcomed(client: ServerClient): Promise<LiveSocket> {
    const socket = client.live();
    await socket.hello(client.token);
    expect(await socket.next()).toMatchObject({ type: 'welcome' });
    return socket;
  }

  test('tells nothing to who may not watch, and is not harmed by garbage', async () => {
    const good = await watch();
    const agentClient = await signedIn('chen.hao');
    const [curious, rude] = [await welcomed(agentClient), await welcomed(supervisor)];
    curious.say(JSON.stringify({ type: 'watch', board: true }));
    const garbage = [
      {},
      { board: 'yes' },
      { board: { on: true } },
      { board: null, of: 'x'.repeat(3_000) },
    ];
    for (const parts of garbage) rude.say(JSON.stringify({ type: 'watch', ...parts }));
    const since = Date.now();
    await become('break', since);
    await good.until((board) => agentOn(board, me.id)?.since === since);
    // Both hear of a later push, and of nothing else before it.
    for (const socket of [curious, rude]) expect(await socket.next()).toEqual({ type: 'news' });
    rude.say(JSON.stringify({ type: 'watch', board: true }));
    await new BoardWatcher(rude).until((board) => agentOn(board, me.id)?.state === 'break');
    await become('ready', since + 1);
    await good.until((board) => agentOn(board, me.id)?.state === 'ready');
    const heard = await curious.next();
    expect(heard).toEqual({ type: 'news' });
    for (const socket of [curious, rude]) socket.close();
    expect((await agentClient.call('GET', '/api/board/curve')).status).toBe(403);
    expect((await supervisor.call('GET', '/api/board/curve?queueId=%00')).status).toBe(400);
  });

  test('tells no more after the watching ended, and everything when it begins again', async () => {
    const watcher = await watch();
    const witness = await watch();
    watcher.say({ type: 'watch', board: false });
    await become('break', Date.now());
    await witness.until((board) => agentOn(board, me.id)?.state === 'break');
    watcher.say({ type: 'watch', board: true });
    const next = await watcher.next();
    expect(next).toMatchObject({ type: 'board', number: 1 });
  });
});
