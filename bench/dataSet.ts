import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Database } from 'better-sqlite3';
import type { Cache } from '#electron/cache/cache.ts';
import { connect } from '#electron/cache/file/connection.ts';
import { createMeta } from '#electron/cache/meta.ts';
import { openCache } from '#electron/cache/openCache.ts';
import { createApplyChanges } from '#electron/cache/records/applyChanges.ts';
import { createSearchIndex } from '#electron/cache/search/searchIndex.ts';
import type { Log } from '#electron/core/providers.ts';
import { systemClock } from '#electron/core/systemClock.ts';
import { defaultConfiguration } from '#shared/sample/configuration.ts';
import { generateSample } from '#shared/sample/generate.ts';
import { practiceUsers, userFieldsOf } from '#shared/sample/practiceUsers.ts';
import type { SampleRecord } from '#shared/sample/record.ts';
import { type Change, maxPullChanges } from '#shared/sync/messages.ts';

/** Where the cache stands, whose it is and what opens it. */
export interface Place {
  file: string;
  key: string;
  userId: string;
}

/** The large cache that benchmarks read: built once, kept in `out/bench-data`. */
export interface DataSet extends Place {
  customers: number;
  /** Records of each entity. */
  records: Record<string, number>;
  /** What building it took, ms. */
  loadMs: number;
  indexMs: number;
}

const usualCustomers = 1_000_000;
export const sampleSeed = 7;
/** The sample's today; the data set is the same whenever it is built. */
const asOfMs = Date.UTC(2026, 10, 1, 4);
/**
 * Entities that a caller's card or the candidates show. Records of calls, wrap-ups and ticket events
 * stand behind entries that the time line has as well; no read of the card touches their tables.
 */
const shownEntities: ReadonlySet<string> = new Set([
  'customer',
  'contactPoint',
  'contact',
  'order',
  'ticket',
  'task',
]);
const indexedAtOnce = 400;
/** More than the file of the usual size, so that no page is written twice while building. */
const buildCacheKiB = 12_000_000;

const quietLog: Log = { info() {}, warn() {}, error: (message) => console.error(message) };

export function wantedCustomers(): number {
  return Number(process.env.SWITCHBOARD_BENCH_CUSTOMERS ?? usualCustomers);
}

/** The data set of the wanted size, built where it is not there yet. */
export async function dataSet(): Promise<DataSet> {
  const customers = wantedCustomers();
  const folder = fileURLToPath(
    new URL(`../out/bench-data/${customers}-${sampleSeed}`, import.meta.url),
  );
  const userId = practiceUsers[0]?.id ?? '';
  const place: Place = { file: join(folder, `${userId}.db`), key: '5a'.repeat(32), userId };
  const note = join(folder, 'dataSet.json');
  if (!existsSync(note)) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    // Migrations, identity and owner come with the opening.
    const cache = await openDataSet(place);
    cache.markFirstSyncDone();
    await cache.close();
    writeFileSync(note, JSON.stringify({ customers, ...build(place, customers) }));
  }
  return { ...JSON.parse(readFileSync(note, 'utf8')), ...place };
}

export async function openDataSet({ file, key, userId }: Place): Promise<Cache> {
  const opened = await openCache({ file, key, userId, clock: systemClock, log: quietLog });
  if (!opened.ok) throw new Error(`${opened.error.code}: ${opened.error.message}`);
  return opened.value;
}

/**
 * The rows are written by the code that applies pulled pages, yet in one transaction, unsynchronised
 * and with memory for the whole file: page by page, as sync does it, a million customers take hours.
 */
function build(place: Place, customers: number): Pick<DataSet, 'records' | 'loadMs' | 'indexMs'> {
  const db = connect(place, { cacheKiB: buildCacheKiB, checkpointPages: 0 });
  db.pragma('journal_mode = DELETE');
  db.pragma('synchronous = OFF');
  db.pragma('locking_mode = EXCLUSIVE');
  const from = performance.now();
  const records = db.transaction(() => load(db, customers))();
  const loaded = performance.now();
  db.transaction(() => index(db, customers))();
  db.close();
  return { records, loadMs: loaded - from, indexMs: performance.now() - loaded };
}

function index(db: Database, customers: number): void {
  const { indexSome } = createSearchIndex(db);
  for (let indexed = 0; indexSome(); indexed += indexedAtOnce) tell('indexed', indexed, customers);
}

/** Configuration and users stand before the customers, as in the server's feed. */
const basics: SampleRecord[] = [
  {
    entity: 'setting',
    id: '019b76da-a800-7000-8000-000000000001',
    fields: { key: 'configuration', value: defaultConfiguration },
  },
  ...practiceUsers.map((user) => ({
    entity: 'user' as const,
    id: user.id,
    fields: userFieldsOf(user),
  })),
];

function load(db: Database, customers: number): Record<string, number> {
  const apply = createApplyChanges(db, createMeta(db));
  const records: Record<string, number> = {};
  let page: Change[] = basics.map(changeOf);
  for (const record of generateSample({ customers, seed: sampleSeed, asOfMs })) {
    if (!shownEntities.has(record.entity)) continue;
    const count = (records[record.entity] ?? 0) + 1;
    records[record.entity] = count;
    if (record.entity === 'customer') tell('loaded', count, customers);
    page.push(changeOf(record));
    if (page.length < maxPullChanges) continue;
    apply(page, null, asOfMs);
    page = [];
  }
  apply(page, null, asOfMs);
  return records;
}

function tell(done: string, count: number, customers: number): void {
  if (count % 50_000 !== 0 || customers < 50_000) return;
  console.log(`  ${done} ${count} of ${customers} customers, ${new Date().toISOString()}`);
}

/** Every field under the stamp of the import, as the server hands it out. */
function changeOf({ entity, id, fields }: SampleRecord): Change {
  const stamp = `${asOfMs.toString(16).padStart(12, '0')}-0000-sampleimport00`;
  const clocks = Object.fromEntries(Object.keys(fields).map((name) => [name, stamp]));
  return { entity, id, version: 1, fields: { ...fields }, clocks, withdrawn: false };
}
