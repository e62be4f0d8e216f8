import { beforeEach, describe, expect, test } from 'vitest';
import { newId, notificationIdOf } from '#shared/domain/ids.ts';
import { practiceUser } from '../../support/practiceUser.ts';
import { backendNames } from '../../support/serverBackends.ts';
import {
  operationBy,
  ServerClient,
  stampAt,
  taskFields,
  ticketFields,
} from '../../support/serverClient.ts';
import { testServer } from '../../support/testServer.ts';

const xu = practiceUser('xu.jing').id;
const chen = practiceUser('chen.hao').id;
const liu = practiceUser('liu.fang').id;

/** What desks hand in again after the server's database went back to a backup, in another order and at other places. */
describe.each(backendNames)('what an older database comes to otherwise, on %s', (name) => {
  const server = testServer(name);
  const east = server.desk('xu.jing');
  const west = server.desk('liu.fang');
  const watcher = server.desk('wu.min');

  const tips = new Map<ServerClient, string | null>();
  beforeEach(async () => {
    for (const client of [east, west, watcher]) {
      tips.set(client, (await client.pullAll(tips.get(client) ?? null)).cursor);
    }
  });

  /** What comes of a record to east, west and whoever watches since the test began, one after the other. */
  async function told(id: string): Promise<string[][]> {
    const all: string[][] = [];
    for (const client of [east, west, watcher]) {
      const { changes } = await client.pullAll(tips.get(client) ?? null);
      const own = changes.filter((change) => change.id === id);
      all.push(own.map(({ entity, withdrawn }) => (withdrawn ? `no ${entity}` : entity)));
    }
    return all;
  }

  const task = (ownerId: string, at: number, entityId = newId()) =>
    operationBy(ownerId, {
      ...{ entity: 'task', entityId, clock: stampAt(at), fields: taskFields(ownerId) },
    });
  const passing = (by: string, entityId: string, ownerId: string, at: number) =>
    operationBy(by, {
      ...{ entity: 'task', entityId, baseVersion: 1, clock: stampAt(at), fields: { ownerId } },
    });

  test('who had a task by a change that a later one has overtaken is told that it is gone', async () => {
    const at = Date.now() - 60_000;
    const made = task(xu, at);
    await east.push(made, passing(xu, made.entityId, chen, at + 20));
    await expect.poll(() => told(made.entityId)).toEqual([['task'], [], ['task']]);
    const late = passing(xu, made.entityId, liu, at + 10);
    expect(await east.push(late)).toMatchObject([{ outcome: 'merged', version: 2 }]);
    await expect.poll(() => told(made.entityId)).toEqual([['task'], ['no task'], ['task']]);
  });

  test('so is who had it by a change that waited until the task was back', async () => {
    const at = Date.now() - 60_000;
    const made = task(xu, at);
    const { entityId } = made;
    const waits = [passing(xu, entityId, liu, at + 10), passing(xu, entityId, chen, at + 20)];
    const waiting = { outcome: 'applied', version: null };
    expect(await east.push(...waits)).toMatchObject([waiting, waiting]);
    await east.push(made);
    await expect.poll(() => told(entityId)).toEqual([['task'], ['no task'], ['task']]);
  });

  test('a record that is refused now is withdrawn from every desk, once', async () => {
    const refused = { ...task(liu, Date.now()), authorId: xu, again: true };
    const answer = { outcome: 'rejected', reason: 'not-yours' };
    for (let time = 1; time <= 2; time += 1) {
      expect(await east.push(refused)).toMatchObject([answer]);
      await expect
        .poll(() => told(refused.entityId))
        .toEqual([['no task'], ['no task'], ['no task']]);
    }
    // Sent once more by its author, under another id, it is there for all.
    await west.push({ ...refused, id: newId(), authorId: liu });
    await expect
      .poll(() => told(refused.entityId))
      .toEqual([['no task'], ['no task', 'task'], ['no task', 'task']]);
  });

  test('what was never anywhere else is refused as ever', async () => {
    const refused = { ...task(liu, Date.now()), authorId: xu };
    const missing = { ...passing(xu, newId(), xu, Date.now()), fields: { ownerId: 7 } };
    expect(await east.push(refused, { ...missing, again: true })).toMatchObject([
      { outcome: 'rejected' },
      { outcome: 'rejected' },
    ]);
    expect(await told(refused.entityId)).toEqual([[], [], []]);
    // A change of a record that is still to come says nothing of the record.
    expect(await told(missing.entityId)).toEqual([[], [], []]);
  });

  test('known as refused, and handed in again by another desk of the user, it is withdrawn as well', async () => {
    const refused = { ...task(liu, Date.now()), authorId: xu };
    const [first] = await east.push(refused);
    expect(await told(refused.entityId)).toEqual([[], [], []]);
    expect(await east.push({ ...refused, again: true })).toEqual([first]);
    await expect
      .poll(() => told(refused.entityId))
      .toEqual([['no task'], ['no task'], ['no task']]);
  });

  test('the event of a step that is refused now goes with it', async () => {
    const at = Date.now();
    const made = operationBy(xu, { entity: 'ticket', fields: ticketFields(xu) });
    await east.push(made);
    const eventId = newId();
    const lastStep = {
      ...{ id: eventId, action: 'start', from: 'resolved', at, byId: xu, byName: 'Xu Jing' },
      ...{ note: null, visit: null },
    };
    const step = operationBy(xu, {
      ...{ entity: 'ticket', entityId: made.entityId, baseVersion: 1, clock: stampAt(at + 1) },
      fields: { state: 'inProgress', lastStep },
    });
    expect(await east.push({ ...step, again: true })).toMatchObject([{ outcome: 'rejected' }]);
    const gone = ['no ticketEvent'];
    await expect.poll(() => told(eventId)).toEqual([gone, gone, gone]);
    await expect.poll(() => told(made.entityId)).toEqual([['ticket'], ['ticket'], ['ticket']]);
  });

  test('a change that is refused now: whom it showed the record drops it, who sees it has it on', async () => {
    const made = task(xu, Date.now());
    await east.push(made);
    // Of a desk that may not: it does not see the task.
    const refused = { ...passing(liu, made.entityId, liu, Date.now() + 1), again: true };
    expect(await west.push(refused)).toMatchObject([{ outcome: 'rejected', reason: 'not-yours' }]);
    const anew = ['no task', 'task'];
    await expect.poll(() => told(made.entityId)).toEqual([anew, ['no task'], anew]);
    const first = new ServerClient(server.url);
    await first.signIn('chen.hao');
    const { changes } = await first.pullAll();
    const own = changes.filter(({ id }) => id === made.entityId);
    expect(own.map(({ withdrawn, version }) => [withdrawn, version])).toEqual([
      [true, 2_147_483_647],
      [false, 1],
    ]);
  });

  test('what a user had read is told anew as read', async () => {
    const ticket = operationBy(xu, {
      ...{ entity: 'ticket', fields: { ...ticketFields(xu), watcherIds: [liu] } },
    });
    const at = Date.now();
    const note = { name: 'ticket.noted', at, byId: xu, byName: '徐静', note: 'Called', data: null };
    const event = operationBy(xu, {
      ...{ entity: 'ticketEvent', fields: { ...note, ticketId: ticket.entityId } },
    });
    const id = notificationIdOf(event.entityId, liu);
    const read = { entity: 'notification', entityId: id, baseVersion: 1, fields: { readAt: at } };
    expect(await west.push(operationBy(liu, read))).toMatchObject([{ version: null }]);
    await east.push(ticket, event);
    await expect.poll(() => told(id)).toEqual([[], ['notification'], []]);
    const { changes } = await west.pullAll(tips.get(west) ?? null);
    const notification = changes.find((change) => change.id === id);
    expect(notification?.fields).toMatchObject({ kind: 'ticket.watched', userId: liu, readAt: at });
  });
});
