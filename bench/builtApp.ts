import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildIsFresh } from '../scripts/buildState.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Folder of the built app; built first where the sources are newer. */
export function builtApp(): string {
  if (!buildIsFresh()) {
    console.log('  building …');
    const built = spawnSync(process.execPath, ['scripts/build.ts'], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    if (built.status !== 0) throw new Error('the build failed');
  }
  return join(root, 'out', 'app');
}
