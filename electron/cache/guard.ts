import type { Log } from '#electron/core/providers.ts';
import { isCorruption, toDeskError } from './cacheErrors.ts';
import { writeFileWhole } from './file/cacheFiles.ts';

/** Turns what SQLite throws into the desk's errors; a damaged page is noted in the file, for the next start. */
export function createGuard(suspectFile: string, log: Log) {
  function suspect(error: unknown): void {
    log.error('a page of the local cache is damaged', { error: String(error) });
    try {
      writeFileWhole(suspectFile, '');
    } catch {
      // The disk refuses even that; the next start meets the damage by itself.
    }
  }

  function guarded<A extends unknown[], R>(run: (...args: A) => R): (...args: A) => R {
    return (...args) => {
      try {
        return run(...args);
      } catch (error) {
        if (isCorruption(error)) suspect(error);
        throw toDeskError(error);
      }
    };
  }

  function guardedAll<T extends object>(reads: T): T {
    const each = Object.entries(reads).map(([name, read]) => [name, guarded(read)]);
    return Object.fromEntries(each);
  }

  return { guarded, guardedAll };
}
