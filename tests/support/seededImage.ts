import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { startServer } from '#server/server.ts';
import { testSize } from './practicePeople.ts';
import { testOptions } from './serverBackends.ts';

/**
 * A program: makes an embedded database with the practice data of `testSize` in the directory of its first argument,
 * from the empty one in that of its second. Its passwords are cheap to check.
 */
const [folder = '', from = ''] = process.argv.slice(2);
cpSync(join(from, 'database'), join(folder, 'database'), { recursive: true });
const database = { kind: 'directory', path: folder } as const;
const server = await startServer(testOptions({ database, practiceCustomers: testSize.customers }));
await server.stop();
