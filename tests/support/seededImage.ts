import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { startServer } from '#server/server.ts';
import { defaultConfiguration } from '#shared/sample/configuration.ts';
import { testSize } from './practicePeople.ts';
import { testOptions } from './serverBackends.ts';

/**
 * A program: makes an embedded database with the practice data of `testSize` in the directory of its first argument,
 * from the empty one in that of its second. Its passwords are cheap to check.
 */
const [folder = '', from = ''] = process.argv.slice(2);
cpSync(join(from, 'database'), join(folder, 'database'), { recursive: true });
// As long as a test on a slow machine may take to write a wrap-up.
for (const queue of defaultConfiguration.queues) queue.afterCallMs = 20 * 60_000;
const database = { kind: 'directory', path: folder } as const;
const server = await startServer(testOptions({ database, practiceCustomers: testSize.customers }));
await server.stop();
