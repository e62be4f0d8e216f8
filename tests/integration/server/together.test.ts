import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningServer, startServer } from '#server/server.ts';
import { openStore, type Store } from '#server/store/store.ts';
import { createPushQueue, type PushQueue } from '#server/sync/pushQueue.ts';
import type { Author } from '#server/sync/rules.ts';
import { createClock } from '#shared/sync/clock.ts';
import {
  type Backend,
  backendNames,
  memoryDatabase,
  startBackend,
} from '../../support/serverBackends.ts';
import {
  customerFields,
  operationBy,
  ServerClient,
  ticketFields,
} from '../../support/serverClient.ts';

interface Desk {
  client: ServerClient;
  userId: string;
}

describe.each(backendNames)('pushes that meet on %s', (name) => {
  let backend: Backend;
  let nodes: RunningServer[];
  let desks: Desk[];

  beforeAll(async () => {
    backend = await startBackend(name);
    const options = backend.options();
    const first = await startServer(options);
    // PGlite has one node and no more.
    nodes = name === 'postgres' ? [first, await startServer(options)] : [first];
    desks = await Promise.all(['xu.jing', 'chen.hao', 'lin.yue', 'zhao.ming'].map(signIn));
  });

  afterAll(async () => {
    await Promise.all(nodes.map((node) => node.stop()));
    await backend?.stop();
  });

  async function signIn(login: string, index: number): Promise<Desk> {
    const client = new ServerClient(nodes[index % nodes.length]?.url ?? '');
    return { client, userId: (await client.signIn(login)).user.id };
  }

  /** Every desk pushes the same records at once, half of the desks in the opposite order. */
  async function pushCrosswise(
    ids: readonly string[],
    fieldsOf: (desk: number) => Record<string, unknown>,
  ) {
    const answers = desks.map(({ client, userId }, desk) => {
      const order = desk % 2 === 0 ? ids : ids.toReversed();
      const operations = order.map((entityId) =>
        operationBy(userId, { entity: 'customer', entityId, fields: fieldsOf(desk) }),
      );
      return client.push(...operations);
    });
    return (await Promise.all(answers)).flat();
  }

  test('at the same records from both ends: new ones and changed ones, all are applied', async () => {
    const ids = Array.from({ length: 30 }, () => uuidv7());
    for (let round = 0; round < 6; round += 1) {
      const results = await pushCrosswise(ids, (desk) =>
        round === 0 ? customerFields(`Desk ${desk}`) : { [`field${desk}`]: round },
      );
      expect(results.filter(({ outcome }) => outcome === 'rejected')).toEqual([]);
    }
    const [desk] = desks;
    const changes = (await desk?.client.pullSettled())?.changes ?? [];
    const found = changes.filter(({ id }) => ids.includes(id));
    const last = { field0: 5, field1: 5, field2: 5, field3: 5 };
    expect(found.map(({ fields }) => fields)).toEqual(ids.map(() => expect.objectContaining(last)));
  });

  test('with new tickets: their numbers have no gap', async () => {
    const made = desks.flatMap(({ client, userId }) =>
      [1, 2, 3].map(() => {
        const fields = ticketFields(userId);
        const refused = operationBy(userId, {
          entity: 'ticket',
          fields: { ...fields, type: 'no' },
        });
        const ticket = operationBy(userId, { entity: 'ticket', fields });
        return { ticket, pushed: client.push(refused, ticket) };
      }),
    );
    await Promise.all(made.map(({ pushed }) => pushed));
    const ids = new Set(made.map(({ ticket }) => ticket.entityId));
    const changes = (await desks[0]?.client.pullSettled())?.changes ?? [];
    const numbers = changes.filter(({ id }) => ids.has(id)).map(({ fields }) => Number(fields.no));
    const least = Math.min(...numbers);
    expect(numbers.toSorted((a, b) => a - b)).toEqual(made.map((_, index) => least + index));
  });

  test('with one operation twice in one push: it is done once, and answered alike', async () => {
    const [{ client, userId } = { client: new ServerClient(''), userId: '' }] = desks;
    const made = operationBy(userId, { entity: 'customer', fields: customerFields() });
    const change = operationBy(userId, {
      entity: 'customer',
      entityId: made.entityId.toUpperCase(),
      fields: { name: 'Changed' },
    });
    const results = await client.push(made, change, { ...change, id: change.id.toUpperCase() });
    expect(results).toMatchObject([{ version: 1 }, { version: 2 }, { version: 2 }]);
    const found = (await client.pullSettled()).changes.filter(({ id }) => id === made.entityId);
    expect(found).toMatchObject([{ version: 2, fields: { name: 'Changed' } }]);
  });
});

describe('a push that the database does not take', () => {
  let store: Store;
  let push: PushQueue;
  const author: Author = { id: uuidv7(), writes: new Set(['customer']) };
  const made = () => operationBy(author.id, { entity: 'customer', fields: customerFields() });

  beforeAll(async () => {
    store = await openStore(memoryDatabase());
    push = createPushQueue(
      { db: store.db, clock: createClock('server01', Date.now), now: Date.now },
      1,
    );
    await sql`
      create function refuse_operation() returns trigger language plpgsql as $$
      begin raise exception 'not this one'; end $$`.execute(store.db);
    await sql`
      create trigger refused before insert on operation for each row
        when (new.device = 'refused1') execute function refuse_operation()`.execute(store.db);
  });

  afterAll(() => store.close());

  test('harms none of those that are written with it', async () => {
    const first = push(author, 'desk0001', [made()]);
    const group = ['desk0001', 'refused1', 'desk0002'].map((device) =>
      push(author, device, [made()]),
    );
    expect(await first).toMatchObject([{ outcome: 'applied' }]);
    expect(await Promise.allSettled(group)).toMatchObject([
      { status: 'fulfilled', value: [{ outcome: 'applied', version: 1 }] },
      { status: 'rejected', reason: { message: 'not this one' } },
      { status: 'fulfilled', value: [{ outcome: 'applied', version: 1 }] },
    ]);
  });
});
