import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { ensureInstalled, node24 } from './install.mjs';

/** `npm run test:pbx`: the phone on a real Asterisk, where this machine can have one. */
ensureInstalled();
const done = spawnSync(node24(), ['scripts/testPbx.ts', ...process.argv.slice(2)], {
  stdio: 'inherit',
});
process.exit(done.status ?? 1);
