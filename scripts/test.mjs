import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { ensureInstalled, node24 } from './install.mjs';

/** `npm test`: installs what is missing, then hands over to Node 24. */
ensureInstalled();
const done = spawnSync(node24(), ['scripts/testAll.ts', ...process.argv.slice(2)], {
  stdio: 'inherit',
});
process.exit(done.status ?? 1);
