import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningServer, startServer } from '#server/server.ts';
import { type Backend, backendNames, startBackend } from '../support/serverBackends.ts';
import { customerFields, operationBy, ServerClient } from '../support/serverClient.ts';

describe.each(backendNames)('sync on %s', (name) => {
  let backend: Backend;
  let server: RunningServer;
  let agent: ServerClient;
  let me: string;

  beforeAll(async () => {
    backend = await startBackend(name);
    server = await startServer(backend.options());
    agent = new ServerClient(server.url);
    me = (await agent.signIn('xu.jing')).user.id;
  });

  afterAll(async () => {
    await server?.stop();
    await backend?.stop();
  });

  test('a pushed customer comes back by pull', async () => {
    const tip = await agent.tip();
    const made = operationBy(me, { entity: 'customer', fields: customerFields() });
    const [result] = await agent.push(made);
    expect(result).toEqual({
      operationId: made.id,
      outcome: 'applied',
      version: 1,
      reason: null,
      message: null,
    });
    const { changes } = await agent.pullAll(tip);
    expect(changes).toEqual([
      {
        entity: 'customer',
        id: made.entityId,
        version: 1,
        fields: customerFields(),
        clocks: Object.fromEntries(Object.keys(customerFields()).map((key) => [key, made.clock])),
        withdrawn: false,
      },
    ]);
  });

  test('news arrives on the live socket', async () => {
    const socket = agent.live();
    await socket.hello(agent.token);
    expect(await socket.next()).toEqual({ type: 'welcome', serverTime: expect.any(Number) });
    await agent.push(operationBy(me, { entity: 'customer', fields: customerFields() }));
    expect(await socket.next()).toEqual({ type: 'news' });
    socket.close();
  });
});
