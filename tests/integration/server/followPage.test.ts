import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { followPage } from '#server/notify/followPage.ts';
import { type MovedRecord, openFeedReader, whatMoved } from '#server/store/feed/feedReaders.ts';
import { insertRecords } from '#server/store/records.ts';
import { openStore, type Store, type Tx } from '#server/store/store.ts';
import { createClock } from '#shared/sync/clock.ts';
import { type Backend, backendNames, startBackend } from '../../support/serverBackends.ts';

const usualReader = 'test';

describe.each(backendNames)('what follows from records on %s', (name) => {
  let backend: Backend;
  let store: Store;
  const told: string[] = [];
  const clock = createClock('followtest01', Date.now);

  beforeAll(async () => {
    backend = await startBackend(name);
    store = await openStore(backend.options().database);
    await store.db.transaction().execute((tx) => openFeedReader(tx, usualReader));
  });
  afterAll(async () => {
    await store?.close();
    await backend?.stop();
  });

  async function make(...subjects: string[]): Promise<void> {
    const records = subjects.map((subject) => ({
      entity: 'ticket',
      id: uuidv7(),
      fields: { subject },
    }));
    await store.db
      .transaction()
      .execute((tx) => insertRecords(tx, records, clock.tick(), Date.now()));
  }

  /** Follows all there is, and answers what was followed. */
  async function followAll(
    follow: (tx: Tx, moved: readonly MovedRecord[]) => Promise<void>,
    reader = usualReader,
  ): Promise<string[]> {
    const followed: string[] = [];
    const feed = {
      ...{ db: store.db, reader, entities: ['ticket'], atOnce: 10 },
      log: (_level: string, message: string) => void told.push(message),
    };
    const seen = async (tx: Tx, moved: readonly MovedRecord[]) => {
      await follow(tx, moved);
      followed.push(...moved.map(({ fields }) => String(fields.subject)));
    };
    await expect.poll(() => whatMoved(store.db, reader)).toBe('some');
    while ((await whatMoved(store.db, reader)) === 'some') await followPage(feed, seen);
    return followed;
  }

  test('one at which it fails is passed over and told, all others are followed once', async () => {
    await make('a', 'b', 'poison', 'c');
    const followed = await followAll(async (tx, moved) => {
      if (!moved.some(({ fields }) => fields.subject === 'poison')) return;
      // A value that the database refuses ends the transaction as well.
      await tx.selectNoFrom((eb) => eb.cast<number>(eb.val('x'), 'integer').as('n')).execute();
    });
    expect(followed).toEqual(['a', 'b', 'c']);
    expect(told).toEqual(['nothing follows from a record: it is passed over']);
  });

  test('a fault of our own is passed over as well', async () => {
    await make('d', 'odd', 'e');
    const followed = await followAll(async (_tx, moved) => {
      if (moved.some(({ fields }) => fields.subject === 'odd')) throw new RangeError('odd');
    });
    expect(followed).toEqual(['d', 'e']);
  });

  test('while the database is not there nothing is passed over', async () => {
    await make('f');
    let tries = 0;
    const gone = Object.assign(new Error('gone'), { code: 'ECONNRESET' });
    const failing = followAll(async () => {
      tries += 1;
      if (tries === 1) throw gone;
    });
    await expect(failing).rejects.toBe(gone);
    expect(await followAll(async () => {})).toEqual(['f']);
  });

  // PGlite has a single connection: nobody commits while a transaction is open.
  const withSeveral = name === 'pglite' ? [] : [name];
  test.each(withSeveral)('what is held back is not taken for nothing, on %s', async () => {
    expect(await whatMoved(store.db, usualReader)).toBe('nothing');
    await store.db
      .transaction()
      .execute(async (older) => {
        await sql`select pg_current_xact_id()`.execute(older);
        await make('g');
        expect(await whatMoved(store.db, usualReader)).toBe('held');
        throw new Error('rolled back');
      })
      .catch((error: Error) => expect(error.message).toBe('rolled back'));
    expect(await followAll(async () => {})).toEqual(['g']);
    expect(await whatMoved(store.db, usualReader)).toBe('nothing');
  });

  test.each(withSeveral)(
    'a new reader reads what was being written when it began, on %s',
    async () => {
      const late = 'late';
      await store.db.transaction().execute(async (older) => {
        await sql`select pg_current_xact_id()`.execute(older);
        await make('younger');
        await store.db.transaction().execute((tx) => openFeedReader(tx, late));
        const record = { entity: 'ticket', id: uuidv7(), fields: { subject: 'older' } };
        await insertRecords(older, [record], clock.tick(), Date.now());
      });
      expect(await followAll(async () => {}, late)).toContain('older');
    },
  );
});
