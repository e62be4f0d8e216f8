import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { entityNames } from '#shared/sync/entities.ts';
import { tables } from '../records/tables.ts';
import { migrate, migrations } from './migrate.ts';
import { initial } from './migrations/0001-initial.ts';

function versionOf(db: Sqlite.Database): unknown {
  return db.pragma('user_version', { simple: true });
}

test('migrations are numbered without gaps', () => {
  expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_, index) => index + 1));
});

test('the migrations make a strict table with every column of every entity', () => {
  const db = new Sqlite(':memory:');
  migrate(db);
  for (const entity of entityNames) {
    const { name, columns } = tables[entity];
    const found = db.prepare('SELECT name FROM pragma_table_info(?)').pluck().all(name);
    expect(found).toEqual(expect.arrayContaining(columns.map((column) => column.name)));
    expect(found).toEqual(expect.arrayContaining(['id', 'extra', 'version', 'clocks']));
  }
  const loose = db
    .prepare(
      `SELECT name FROM pragma_table_list
        WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'`,
    )
    .pluck()
    .all();
  expect(loose).toEqual([]);
  expect(db.pragma('application_id', { simple: true })).toBe(0x53574244);
});

describe('migrate', () => {
  const first = { version: 1, sql: 'CREATE TABLE a (x)' };
  const second = { version: 2, sql: 'CREATE TABLE b (x)' };

  test('runs the steps that are missing, and none twice', () => {
    const db = new Sqlite(':memory:');
    migrate(db, [first]);
    migrate(db, [first, second]);
    migrate(db, [first, second]);
    expect(versionOf(db)).toBe(2);
  });

  test('a step that fails leaves nothing of itself', () => {
    const db = new Sqlite(':memory:');
    migrate(db, [first]);
    const broken = { version: 2, sql: 'CREATE TABLE b (x); CREATE TABLE a (x)' };
    expect(() => migrate(db, [first, broken])).toThrow();
    expect(versionOf(db)).toBe(1);
    expect(db.prepare(`SELECT name FROM sqlite_schema WHERE name = 'b'`).get()).toBeUndefined();
  });

  test('a database of a newer version is refused', () => {
    const db = new Sqlite(':memory:');
    migrate(db, [first, second]);
    expect(() => migrate(db, [first])).toThrow(
      expect.objectContaining({ code: 'cache-from-future', details: { found: 2, newest: 1 } }),
    );
  });
});

describe('0002', () => {
  function callsAfterMigration(extra: string | null): unknown {
    const db = new Sqlite(':memory:');
    migrate(db, [initial]);
    db.prepare(
      `INSERT INTO call ("id", "callRef", "direction", "numberRaw", "agentId", "offeredAt", "heldMs",
        "extra", "version", "clocks") VALUES ('a', 'ref', 'in', '1', 'b', 1, 0, ?, 1, 'stamp')`,
    ).run(extra);
    migrate(db);
    return db.prepare('SELECT report, transferredTo, recordingGaps, kind, extra FROM call').get();
  }

  test('gives calls of before what they have without it', () => {
    expect(callsAfterMigration(null)).toEqual({
      report: null,
      transferredTo: null,
      recordingGaps: '[]',
      kind: 'customer',
      extra: null,
    });
  });

  test('takes what a newer desk wrote from among the unknown fields', () => {
    const report = { codec: 'opus' };
    const gaps = [{ from: 1, to: 2 }];
    const extra = {
      report,
      transferredTo: '2042',
      recordingGaps: gaps,
      kind: 'colleague',
      more: 1,
    };
    expect(callsAfterMigration(JSON.stringify(extra))).toEqual({
      report: JSON.stringify(report),
      transferredTo: '2042',
      recordingGaps: JSON.stringify(gaps),
      kind: 'colleague',
      extra: '{"more":1}',
    });
  });
});

test('0004 lets what waits for the server wait on', () => {
  const db = new Sqlite(':memory:');
  migrate(db, migrations.slice(0, 3));
  db.exec(`INSERT INTO server_record VALUES ('task', 'a', 3, '{}', '{}')`);
  migrate(db);
  expect(db.prepare('SELECT "version", "withdrawn" FROM server_record').get()).toEqual({
    version: 3,
    withdrawn: 0,
  });
});
