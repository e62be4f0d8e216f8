import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { openStore } from '#server/store/store.ts';

/**
 * A program: makes a migrated embedded database in the directory of its argument. It is copied for hundreds of servers,
 * so it is small: without the templates of databases that nobody makes, with a log in segments of 1 MB instead of 16,
 * and with buffers for the few rows of a test, which every start has to clear.
 */
const folder = process.argv[2] ?? '';
const dataDir = join(folder, 'database');
const empty = await PGlite.create({ dataDir, initDbStartParams: ['--wal-segsize=1'] });
await empty.exec('update pg_database set datistemplate = false');
await empty.exec('drop database template0');
await empty.exec('drop database template1');
await empty.close();
await appendFile(join(dataDir, 'postgresql.conf'), 'shared_buffers = 16MB\n');
const store = await openStore({ kind: 'directory', path: folder });
await store.close();
const pglite = await PGlite.create({ dataDir });
await pglite.exec('checkpoint');
await pglite.close();
