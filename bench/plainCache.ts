import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { connect } from '#electron/cache/file/connection.ts';
import { openCache } from '#electron/cache/openCache.ts';
import { systemClock } from '#electron/core/systemClock.ts';

/**
 * Baseline of first-sync, a process of its own: the rows of a local file, one JSON array of column values a line, into
 * an empty cache of the same schema with the same indexes, encrypted alike; one prepared INSERT, as many rows in a
 * transaction as a page of sync has. No check, no conversion, no search index.
 */
export interface PlainCacheTask {
  file: string;
  key: string;
  userId: string;
  rows: string;
  columns: string[];
}

const rowsPerTransaction = 2000;

const task: PlainCacheTask = JSON.parse(process.env.SWITCHBOARD_BENCH_TASK ?? '{}');
const log = { info() {}, warn: console.warn, error: console.error };
const opened = await openCache({ ...task, clock: systemClock, log });
if (!opened.ok) throw new Error(opened.error.message);
await opened.value.close();

const from = performance.now();
const db = connect(task, { cacheKiB: 16_384, checkpointPages: 1000 });
const names = task.columns.map((name) => `"${name}"`).join(', ');
const marks = task.columns.map(() => '?').join(', ');
const insert = db.prepare(`INSERT INTO customer (${names}) VALUES (${marks})`);
const insertAll = db.transaction((lines: string[]) => {
  for (const line of lines) insert.run(JSON.parse(line));
});
let lines: string[] = [];
for await (const line of createInterface({ input: createReadStream(task.rows) })) {
  lines.push(line);
  if (lines.length < rowsPerTransaction) continue;
  insertAll.immediate(lines);
  lines = [];
}
insertAll.immediate(lines);
db.close();
process.send?.({ type: 'done', ms: performance.now() - from });
process.exit();
