import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { fail, ok, type Result } from '#shared/result.ts';

/** Makes the folder and proves that it can be written. Code `data-not-writable` with the folder's name. */
export function prepareDataDir(dataDir: string): Result<string> {
  try {
    makeFolders(dataDir);
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
    return ok(dataDir);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return fail('data-not-writable', reason, { dataDir });
  }
}

/** Not `recursive`: that never comes back where a file system answers ENOENT below a folder that exists. */
function makeFolders(path: string): void {
  if (existsSync(path)) return;
  if (dirname(path) !== path) makeFolders(dirname(path));
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Another copy may have made it in between.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
