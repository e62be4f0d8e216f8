import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningServer, startServer } from '#server/server.ts';
import type { Call } from '#shared/domain/call.ts';
import type { MissedCall } from '#shared/domain/task.ts';
import { callFields } from '../support/cacheFixture.ts';
import { type Backend, backendNames, startBackend } from '../support/serverBackends.ts';
import { type LiveSocket, operationBy, ServerClient } from '../support/serverClient.ts';

const minuteMs = 60_000;

/** An agent's desk at one node, that waits for what the server makes of calls. */
class Desk {
  readonly client: ServerClient;
  agentId = '';
  #live: LiveSocket | null = null;
  #cursor: string | null = null;
  readonly #missed = new Map<string, MissedCall & { id: string }>();

  constructor(server: RunningServer) {
    this.client = new ServerClient(server.url);
  }

  async open(login: string): Promise<void> {
    this.agentId = (await this.client.signIn(login)).user.id;
    this.#live = this.client.live();
    await this.#live.hello(this.client.token);
    await this.#live.next();
  }

  close(): void {
    this.#live?.close();
  }

  async tell(parts: Partial<Call>): Promise<void> {
    const now = Date.now();
    const offeredAt = parts.offeredAt ?? now - minuteMs;
    const fields = callFields({
      ...{ callRef: uuidv7(), agentId: this.agentId, result: 'missed', answeredAt: null },
      ...{ endedAt: offeredAt + 5_000, ...parts, offeredAt },
    });
    const operation = operationBy(this.agentId, { entity: 'call', fields });
    expect(await this.client.push(operation)).toMatchObject([{ outcome: 'applied' }]);
  }

  async change(id: string, fields: Partial<MissedCall>): Promise<string | undefined> {
    const operation = operationBy(this.agentId, { entity: 'missedCall', entityId: id, fields });
    const [result] = await this.client.push({ ...operation, baseVersion: 1 });
    return result?.outcome;
  }

  /** The records of a caller, once they are as said; the server's word decides, no clock. */
  async until(
    numberKey: string | null,
    isSo: (records: (MissedCall & { id: string })[]) => boolean,
  ): Promise<(MissedCall & { id: string })[]> {
    for (;;) {
      const page = await this.client.pullAll(this.#cursor);
      this.#cursor = page.cursor;
      for (const { entity, id, fields } of page.changes) {
        if (entity === 'missedCall') this.#missed.set(id, { ...(fields as MissedCall), id });
      }
      const found = [...this.#missed.values()]
        .filter((one) => one.numberKey === numberKey && one.callRefs.length > 0)
        .toSorted((a, b) => a.firstAt - b.firstAt);
      if (isSo(found)) return found;
      await this.#live?.next();
    }
  }
}

describe.each(backendNames)('calls that nobody answered, on %s', (name) => {
  let backend: Backend;
  const servers: RunningServer[] = [];
  let desk: Desk;
  let other: Desk;

  beforeAll(async () => {
    backend = await startBackend(name);
    const options = backend.options();
    servers.push(await startServer(options));
    // PGlite is of one process; on PostgreSQL the second desk hangs on another node.
    if (name === 'postgres') servers.push(await startServer(options));
    [desk, other] = [0, servers.length - 1].map((at) => new Desk(servers[at] as RunningServer)) as [
      Desk,
      Desk,
    ];
    await desk.open('xu.jing');
    await other.open('chen.hao');
  });
  afterAll(async () => {
    desk?.close();
    other?.close();
    await Promise.all(servers.map((server) => server.stop()));
    await backend?.stop();
  });

  test('are merged per caller, closed by themselves when the caller gets through', async () => {
    const caller = { numberRaw: '13900000001', numberKey: '+8613900000001' };
    const at = Date.now() - 10 * minuteMs;
    await Promise.all([
      desk.tell({ ...caller, callRef: 'a', offeredAt: at }),
      other.tell({ ...caller, callRef: 'a', offeredAt: at + 1, result: 'abandoned' }),
      other.tell({ ...caller, callRef: 'b', offeredAt: at + minuteMs, result: 'abandoned' }),
    ]);
    const [open] = await desk.until(caller.numberKey, ([one]) => one?.callRefs.length === 2);
    expect(open).toMatchObject({ state: 'open', callRefs: ['a', 'b'], firstAt: at });
    await other.tell({
      ...caller,
      result: 'answered',
      answeredAt: at + 2 * minuteMs,
      offeredAt: at + minuteMs + 1,
    });
    const closed = await desk.until(caller.numberKey, ([one]) => one?.state === 'handled');
    expect(closed).toMatchObject([{ outcome: 'calledAgain', handledAt: at + 2 * minuteMs }]);
    await desk.tell({ ...caller, callRef: 'c', offeredAt: at + 3 * minuteMs });
    const again = await other.until(caller.numberKey, (all) => all.length === 2);
    expect(again[1]).toMatchObject({ state: 'open', callRefs: ['c'] });
  });

  test('are handled by a call back, and not while it reaches nobody; whoever took them keeps them', async () => {
    const caller = { numberRaw: '13900000002', numberKey: '+8613900000002' };
    await desk.tell({ ...caller, callRef: 'd' });
    const [open] = await other.until(caller.numberKey, (all) => all.length === 1);
    const taken = { state: 'taken', ownerId: other.agentId, ownerName: '陈浩' } as const;
    expect(await other.change(open?.id ?? '', taken)).toBe('applied');
    await other.tell({
      ...caller,
      callRef: 'o1',
      direction: 'out',
      result: 'failed',
      offeredAt: Date.now(),
    });
    await desk.tell({ ...caller, callRef: 'e', offeredAt: Date.now() });
    const [more] = await desk.until(caller.numberKey, ([one]) => one?.callRefs.length === 2);
    expect(more).toMatchObject(taken);
    const answeredAt = Date.now() + 1;
    await other.tell({
      ...caller,
      callRef: 'o2',
      direction: 'out',
      result: 'answered',
      answeredAt,
      offeredAt: answeredAt,
    });
    const [back] = await desk.until(caller.numberKey, ([one]) => one?.state === 'handled');
    expect(back).toMatchObject({ outcome: 'calledBack', ownerId: other.agentId });
  });

  test('stay decided, with the reason', async () => {
    const caller = { numberRaw: '13900000003', numberKey: '+8613900000003' };
    await desk.tell({ ...caller, callRef: 'f' });
    const [open] = await desk.until(caller.numberKey, (all) => all.length === 1);
    const decided = { state: 'handled', outcome: 'notNeeded', note: 'spam' } as const;
    expect(await desk.change(open?.id ?? '', decided)).toBe('applied');
    await desk.tell({ ...caller, callRef: 'g' });
    const all = await desk.until(caller.numberKey, (found) => found.length === 2);
    expect(all.map(({ callRefs, outcome }) => [callRefs, outcome])).toEqual(
      expect.arrayContaining([
        [['f'], 'notNeeded'],
        [['g'], null],
      ]),
    );
  });

  test('of withheld numbers stand alone; those with colleagues and those of months ago are none', async () => {
    const months = 100 * 86_400_000;
    await desk.tell({ numberRaw: '2042', numberKey: 'int:2042', kind: 'colleague' });
    await desk.tell({ numberRaw: '139', numberKey: '+86139', offeredAt: Date.now() - months });
    await desk.tell({ numberRaw: '', numberKey: null, callRef: 'h' });
    await desk.tell({ numberRaw: '', numberKey: null, callRef: 'i' });
    const found = await desk.until(null, (all) => all.length === 2);
    expect(found.map(({ callRefs }) => callRefs).sort()).toEqual([['h'], ['i']]);
    expect(await desk.until('int:2042', () => true)).toEqual([]);
    expect(await desk.until('+86139', () => true)).toEqual([]);
  });
});
