import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { notify } from '#server/notify/notify.ts';
import type { ServerOptions } from '#server/options.ts';
import { defaultRetention } from '#server/retention/kept.ts';
import { sweep } from '#server/retention/retention.ts';
import { type RunningServer, startServer } from '#server/server.ts';
import { insertBlob } from '#server/store/attachments.ts';
import { takenBack, takingBack } from '#server/store/feed/takenBack.ts';
import { making, readRecords } from '#server/store/records.ts';
import { openStore, type Store } from '#server/store/store.ts';
import { notificationIdOf } from '#shared/domain/ids.ts';
import { withdrawnFields } from '#shared/domain/notification.ts';
import { createClock } from '#shared/sync/clock.ts';
import { newId, temporaryFolder } from '#tests/support/cacheFixture.ts';
import { practiceUser } from '#tests/support/practiceUser.ts';
import { type Backend, backendNames, startBackend } from '#tests/support/serverBackends.ts';
import { operationBy, ServerClient } from '#tests/support/serverClient.ts';
import { layDatabase } from '#tests/support/sharedPlaces.ts';
import { isIdle, type SyncDesk, startSyncDesk } from '#tests/support/syncDesk.ts';

const dayMs = 86_400_000;
const login = 'xu.jing';
const userId = practiceUser(login).id;
const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

describe.each(backendNames)('what is kept no longer, on %s', (name) => {
  const folder = temporaryFolder();
  const nowMs = Date.now();
  const clock = createClock('retention', Date.now);
  const ids = {
    old: notificationIdOf('old', userId),
    seen: notificationIdOf('seen', userId),
    young: notificationIdOf('young', userId),
  };
  let backend: Backend;
  let options: ServerOptions;
  let server: RunningServer | null = null;
  let desk: SyncDesk | null = null;

  beforeAll(async () => {
    backend = await startBackend(name);
    const path = join(folder.path, 'server');
    if (name === 'pglite') await layDatabase(path);
    options = backend.options({
      practiceCustomers: 0,
      ...(name === 'pglite' ? { database: { kind: 'directory', path } } : {}),
    });
  });
  afterAll(async () => {
    await desk?.stop();
    await server?.stop();
    await backend?.stop();
    folder.remove();
  });

  async function stopped<T>(act: (store: Store) => Promise<T>): Promise<T> {
    await server?.stop();
    server = null;
    const store = await openStore(options.database);
    try {
      return await act(store);
    } finally {
      await store.close();
    }
  }

  async function started(): Promise<ServerClient> {
    server = await startServer(options);
    const client = new ServerClient(server.url);
    await client.signIn(login);
    return client;
  }

  function tell({ db }: Store, cause: string, at: number): Promise<void> {
    const about = { ticketId: null, taskId: null, subject: cause, byName: null };
    const notice = { cause, userId, kind: 'ticket.assigned' as const, ...about };
    return db.transaction().execute((tx) => notify(tx, [notice], { clock, at }));
  }

  test('goes at the server and from the desks, and what somebody did with it there is no refusal', async () => {
    const files = { named: randomBytes(600_000), before: randomBytes(9), none: randomBytes(9) };
    const young = randomBytes(9);
    let client = await started();
    const attachment = {
      ...{ ticketId: newId(), name: 'a.bin', mime: 'image/png', bytes: 9, at: 1 },
      ...{ byId: userId, byName: 'Xu Jing', retired: false, sha256: hashOf(files.before) },
    };
    const made = operationBy(userId, { entity: 'attachment', fields: attachment });
    const renamed = operationBy(userId, {
      ...{ entity: 'attachment', entityId: made.entityId, baseVersion: 1 },
      fields: { sha256: hashOf(files.named), retired: true },
    });
    for (const { outcome } of await client.push(made, renamed)) expect(outcome).toBe('applied');
    await stopped(async (store) => {
      await store.db.transaction().execute(async (tx) => {
        for (const [id, days] of [
          [ids.old, 41],
          [ids.young, 39],
        ] as const) {
          await making([takingBack('task', id)], nowMs - days * dayMs).execute(tx);
        }
      });
      for (const [cause, days] of [
        ['old', 100],
        ['seen', 91],
        ['young', 80],
      ] as const) {
        await tell(store, cause, nowMs - days * dayMs);
      }
      for (const bytes of Object.values(files)) {
        const blob = { sha256: hashOf(bytes), mime: 'image/png', bytes };
        await insertBlob(store.db, blob, nowMs - 31 * dayMs);
      }
      const blob = { sha256: hashOf(young), mime: 'image/png', bytes: young };
      await insertBlob(store.db, blob, nowMs - 29 * dayMs);
    });

    options = { ...options, retention: { notificationDays: 36_500, unnamedFileDays: 36_500 } };
    client = await started();
    expect((await told(client)).map(({ id }) => id).sort()).toEqual(Object.values(ids).sort());
    const url = server?.url ?? '';
    const deskFiles = { folder: join(folder.path, 'desk') };
    mkdirSync(deskFiles.folder);
    desk = await startSyncDesk(url, login, deskFiles);
    desk.sync.start(desk.token);
    await desk.until(isIdle);
    await desk.sync.stop();
    const readAt = Date.now();
    desk.cache.change([{ entity: 'notification', id: ids.seen, fields: { readAt } }], userId);
    await desk.stop();
    desk = null;

    // Another day later, under the usual rule: the job runs once the server is there.
    await stopped(anotherDay);
    options = { ...options, retention: {} };
    client = await started();
    await untilTold(client, [ids.young]);
    desk = await startSyncDesk(server?.url ?? '', login, deskFiles);
    desk.sync.start(desk.token);
    await desk.until(isIdle);
    for (const id of [ids.old, ids.seen]) expect(desk.cache.record('notification', id)).toBeNull();
    expect(desk.cache.record('notification', ids.young)).toMatchObject({ readAt: null });
    expect(desk.cache.outbox()).toMatchObject({ waiting: 0, refused: [] });

    const left = await stopped(async ({ db }) => {
      const takenBackRows = await readRecords(db, takenBack, Object.values(ids));
      expect(takenBackRows.map(({ id }) => id)).toEqual([ids.young]);
      const blobs = await db.selectFrom('attachment_blob').select('sha256').execute();
      // When everybody has heard of it, the rows go.
      const now = () => nowMs + 41 * dayMs;
      const run = { signal: new AbortController().signal, fence: async () => {} };
      const { notificationDays } = defaultRetention;
      const retention = { notificationDays, unnamedFileDays: 36_500 };
      await sweep({ db, retention, now, log: () => {} }, run);
      const rows = await readRecords(db, 'notification', Object.values(ids));
      expect(rows).toEqual([{ id: ids.young, fields: withdrawnFields }]);
      return blobs;
    });
    const kept = [files.named, files.before, young].map(hashOf);
    expect(left.map(({ sha256 }) => sha256).sort()).toEqual(kept.sort());
  });

  test('goes also behind many files that only the history names', async () => {
    const hashes = Array.from({ length: 501 }, (_none, n) => String(n).padStart(64, '0'));
    const unnamed = 'f'.repeat(64);
    const left = await stopped(async ({ db }) => {
      const file = { mime: 'image/png', bytes: 1, created_at: nowMs - 31 * dayMs };
      await db
        .insertInto('attachment_blob')
        .values([...hashes, unnamed].map((sha256) => ({ sha256, ...file })))
        .execute();
      const named = {
        ...{ device: 'desk00000001', author: userId, entity: 'attachment', base_version: null },
        ...{ clock: '', made_at: 1, received_at: 1, outcome: 'applied', version: 1 },
        ...{ reason: null, message: null, lost: sql<string[]>`'[]'` },
      };
      await db
        .insertInto('operation')
        .values(
          hashes.map((sha256) => ({
            ...named,
            ...{ id: newId(), entity_id: newId(), fields: JSON.stringify({ sha256 }) as never },
          })),
        )
        .execute();
      const run = { signal: new AbortController().signal, fence: async () => {} };
      const now = () => nowMs;
      await sweep({ db, retention: defaultRetention, now, log: () => {} }, run);
      return db.selectFrom('attachment_blob').select('sha256').orderBy('sha256').execute();
    });
    const found = left.map(({ sha256 }) => sha256);
    expect(found).toEqual(expect.arrayContaining([...hashes]));
    expect(found).not.toContain(unnamed);
  });
});

/** Resolves when these are the notifications of the user. */
async function untilTold(client: ServerClient, ids: readonly string[]): Promise<void> {
  const socket = client.live();
  try {
    await socket.hello(client.token);
    await socket.next();
    while (
      !isDeepStrictEqual(
        (await told(client)).map(({ id }) => id),
        ids,
      )
    )
      await socket.next();
  } finally {
    socket.close();
  }
}

const told = async (client: ServerClient) =>
  (await client.pullAll()).changes.filter(
    ({ entity, withdrawn }) => entity === 'notification' && !withdrawn,
  );

/** The job of the day may run once more. */
async function anotherDay({ db }: Store): Promise<void> {
  await db.deleteFrom('job_period').where('kind', '=', 'retention.sweep').execute();
}
