import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { ensureInstalled, node24 } from './install.mjs';

/** `npm run test:sync`: desks, server and wire in chaos, from a seed. */
ensureInstalled();
const done = spawnSync(node24(), ['scripts/testSync.ts', ...process.argv.slice(2)], {
  stdio: 'inherit',
});
process.exit(done.status ?? 1);
