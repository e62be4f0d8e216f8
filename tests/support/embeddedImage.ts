import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { openStore } from '#server/store/store.ts';

/** A program: makes a migrated embedded database in the directory of its argument, and a dump of it beside. */
const folder = process.argv[2] ?? '';
const store = await openStore({ kind: 'directory', path: folder });
await store.close();
const pglite = await PGlite.create({ dataDir: join(folder, 'database') });
await pglite.exec('checkpoint');
const dump = await pglite.dumpDataDir('none');
await writeFile(join(folder, 'image.tar'), new Uint8Array(await dump.arrayBuffer()));
await pglite.close();
