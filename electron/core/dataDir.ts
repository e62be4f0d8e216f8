import { accessSync, constants, mkdirSync } from 'node:fs';
import { fail, ok, type Result } from '#shared/result.ts';

/** Makes the folder and proves that it can be written. Code `data-not-writable` with the folder's name. */
export function prepareDataDir(dataDir: string): Result<string> {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
    return ok(dataDir);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return fail('data-not-writable', reason, { dataDir });
  }
}
