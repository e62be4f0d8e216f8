import { writeSync } from 'node:fs';
import { customerFields, newId, openedCache, testUserId } from './cacheFixture.ts';

/**
 * A desk's cache in a process of its own, to be killed or starved. Changes records for ever and
 * writes the id of each to its output once `change` has returned; where a change is refused it
 * writes the code, and ends when told to by a third argument.
 */
const [folder, noteLength, stopAtError] = process.argv.slice(2);
const cache = await openedCache(folder ?? '');

for (;;) {
  const id = newId();
  const note = '长'.repeat(Number(noteLength));
  try {
    cache.change(
      [{ entity: 'customer', id, fields: customerFields({ pinnedNote: note }) }],
      testUserId,
    );
    writeSync(1, `done ${id}\n`);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : String(error);
    writeSync(1, `failed ${code} ${id}\n`);
    if (stopAtError) break;
  }
}
await cache.close();
writeSync(1, 'closed\n');
