import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureInstalled, node24 } from './install.mjs';

/**
 * `npm run test:hostile -- [--seed S] [--count N]`: the torture tests of SIP, and N (20,000) mutated messages of a seed,
 * sent to the desk's phone. Another seed each time unless one is given; it is printed, and the same seed makes the same row.
 */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    count: { type: 'string', default: '20000' },
  },
});
ensureInstalled();
const root = fileURLToPath(new URL('..', import.meta.url));
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
console.log(`seed ${values.seed}, ${values.count} messages`);
const done = spawnSync(node24(), [vitest, 'run', '--project', 'hostile'], {
  cwd: root,
  stdio: 'inherit',
  env: {
    ...process.env,
    NO_COLOR: '1',
    SWITCHBOARD_HOSTILE_SEED: values.seed,
    SWITCHBOARD_HOSTILE_COUNT: values.count,
  },
});
process.exit(done.status ?? 1);
