import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningServer, startServer } from '#server/server.ts';
import type { Call } from '#shared/domain/calls/call.ts';
import type { MissedCall } from '#shared/domain/task.ts';
import type { EntityName, FieldsOf } from '#shared/sync/entities.ts';
import { callFields } from '../../support/cacheFixture.ts';
import { type Backend, backendNames, startBackend } from '../../support/serverBackends.ts';
import {
  customerFields,
  type LiveSocket,
  operationBy,
  ServerClient,
  taskFields,
  ticketFields,
} from '../../support/serverClient.ts';
import { stepOn } from '../../support/ticketSteps.ts';

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

  async push(entity: string, fields: object, entityId = uuidv7()): Promise<string> {
    const given = { entity, entityId, fields: { ...fields } };
    const [result] = await this.client.push(operationBy(this.agentId, given));
    if (result?.outcome === 'rejected') throw new Error(`${result.reason} ${result.message}`);
    return entityId;
  }

  /** The first record of an entity that is as said. */
  async seen<E extends EntityName>(
    entity: E,
    isSo: (fields: FieldsOf<E>, id: string) => boolean,
  ): Promise<FieldsOf<E>> {
    let cursor: string | null = null;
    for (;;) {
      const page = await this.client.pullAll(cursor);
      cursor = page.cursor;
      const found = page.changes.find(
        (change) => change.entity === entity && isSo(change.fields as FieldsOf<E>, change.id),
      );
      if (found) return found.fields as FieldsOf<E>;
      await this.#live?.next();
    }
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

describe.each(backendNames)('following up on %s', (name) => {
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

  test('missed calls are merged per caller, closed by themselves when the caller gets through', async () => {
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

  test('missed calls are handled by a call back, and not while it reaches nobody; whoever took them keeps them', async () => {
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

  test('missed calls stay decided, with the reason', async () => {
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

  test('missed calls of withheld numbers stand alone; those with colleagues and those of months ago are none', async () => {
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

  test('a ticket resolved without a desk gets its visit, under the id a desk would give it', async () => {
    const customerId = await desk.push('customer', { ...customerFields('周敏'), callHours: null });
    const point = { customerId, kind: 'phone', label: 'mobile', raw: '13911112222' };
    await desk.push('contactPoint', {
      ...point,
      ...{ normal: '+8613911112222', extension: null, preferred: true, verifiedOn: null },
      retired: false,
    });
    const ticket = { ...ticketFields(desk.agentId), customerId, type: 'complaint' };
    const ticketId = await desk.push('ticket', ticket);
    const held = await desk.seen('ticket', (_, id) => id === ticketId);
    const command = { action: 'resolve', resolution: 'Done' } as const;
    const author = { id: desk.agentId, name: '徐静', role: 'agent' as const };
    await desk.client.push(stepOn(author, ticketId, held, command).step);
    const task = await other.seen('task', (fields) => fields.ticketId === ticketId);
    expect(task).toMatchObject({
      ...{ kind: 'returnVisit', ownerId: desk.agentId, numberRaw: '13911112222' },
      ...{ customerName: '周敏', state: 'open' },
    });
  });

  test('tasks given to somebody are told once for all of them', async () => {
    for (const title of ['one', 'two']) {
      const id = await desk.push('task', { ...taskFields(desk.agentId), title });
      await desk.push('task', { ownerId: other.agentId, ownerName: '陈浩' }, id);
    }
    const notice = await other.seen('notification', ({ kind }) => kind === 'task.handedOver');
    expect(notice).toMatchObject({ userId: other.agentId, byName: '徐静', readAt: null });
  });

  test('what breaks the rules of following up is refused', async () => {
    const ticketId = await desk.push('ticket', {
      ...ticketFields(desk.agentId),
      type: 'complaint',
    });
    const complaint = {
      ...{ ticketId, customerId: null, categoryId: null, severity: 'low', impact: 'low' },
      ...{ remedySought: '', rootCause: '', correctiveAction: '', stage: 'received' },
      ...{ stagesAt: { received: 1 }, repeatOf: null, createdAt: 1 },
    };
    const late = { ...complaint, stage: 'closed' };
    await expect(desk.push('complaint', late, ticketId)).rejects.toThrow(/state-not-allowed/);
    await desk.push('complaint', complaint, ticketId);
    const tooSoon = { stage: 'investigated' };
    await expect(desk.push('complaint', tooSoon, ticketId)).rejects.toThrow(/remedySought/);
    await desk.push('complaint', { ...tooSoon, remedySought: 'a', rootCause: 'b' }, ticketId);
    await expect(desk.push('complaint', { stage: 'received' }, ticketId)).rejects.toThrow(
      /forward/,
    );
    const made = { numberKey: null, numberRaw: '1', customerId: null, queueId: null, firstAt: 1 };
    const missed = { ...made, lastAt: 1, callRefs: ['x'], state: 'open', ownerId: null };
    const rest = { ownerName: null, handledAt: null, outcome: null, note: '' };
    await expect(desk.push('missedCall', { ...missed, ...rest })).rejects.toThrow(/forbidden/);
    const text = { en: 'q', 'zh-CN': 'q' };
    const sheet = {
      ...{ questionnaireId: uuidv7(), edition: 1, customerId: null, ticketId, taskId: null },
      ...{ callId: null, agentId: null, agentName: null, queueId: null, categoryId: null },
      ...{ answers: { q: 5 }, scoreHundredths: 500, outcome: 'satisfied', at: 1 },
      ...{ byId: desk.agentId, byName: '徐静' },
      questions: [{ id: 'q', kind: 'score', text, choices: [], required: true }],
    };
    for (const wrong of [{ answers: { q: 6 } }, { answers: {} }, { scoreHundredths: 100 }]) {
      await expect(desk.push('answerSheet', { ...sheet, ...wrong })).rejects.toThrow(/invalid/);
    }
    const sheetId = await desk.push('answerSheet', sheet);
    const again = { ...sheet, byId: other.agentId };
    await expect(other.push('answerSheet', again, sheetId)).rejects.toThrow(/not-yours/);
  });

  test('the register goes out by permission, and no cell of it works as a formula', async () => {
    const ticketId = await desk.push('ticket', {
      ...ticketFields(desk.agentId, '=HYPERLINK("http://evil")'),
      type: 'complaint',
    });
    await desk.push(
      'complaint',
      {
        ...{ ticketId, customerId: null, categoryId: null, severity: 'high', impact: 'low' },
        ...{ remedySought: '+1', rootCause: '', correctiveAction: '', stage: 'received' },
        ...{ stagesAt: { received: 1 }, repeatOf: null, createdAt: 1 },
      },
      ticketId,
    );
    const path = '/api/exports?kind=complaints&format=csv&bom=false';
    expect((await desk.client.call('GET', path)).status).toBe(403);
    const supervisor = new ServerClient(desk.client.url);
    await supervisor.signIn('wu.min');
    const answer = await fetch(`${supervisor.url}${path}`, {
      headers: { authorization: `Bearer ${supervisor.token}` },
    });
    const csv = await answer.text();
    expect(csv.split('\r\n')[0]).toMatch(/Severity,Impact,Remedy sought/);
    expect(csv).toContain(`"'=HYPERLINK(""http://evil"")"`);
    expect(csv).toMatch(/High,Low,"?'\+1/);
  });
});
