import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { ensureInstalled, node24 } from './install.mjs';

/** `npm run package -- [--dir] [--linux|--win|--mac]`: runs on whatever Node is there, hands over to Node 24. */
ensureInstalled();
const packed = spawnSync(node24(), ['scripts/packageApp.ts', ...process.argv.slice(2)], {
  stdio: 'inherit',
});
process.exit(packed.status ?? 1);
