import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureInstalled, node24 } from './install.mjs';

/**
 * `npm run test:fuzz -- [--seed S] [--runs N]`: N (200) garbled requests to every operation of the server, on both
 * databases, and those said twice of which an answer may be lost. Another seed each time unless one is given; it is
 * printed, and the same seed makes the same requests.
 */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    runs: { type: 'string', default: '200' },
  },
});
ensureInstalled();
const root = fileURLToPath(new URL('..', import.meta.url));
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
console.log(`seed ${values.seed}, ${values.runs} requests to each operation`);
const done = spawnSync(node24(), [vitest, 'run', 'tests/integration/programs/fuzz'], {
  cwd: root,
  stdio: 'inherit',
  env: {
    ...process.env,
    NO_COLOR: '1',
    SWITCHBOARD_NO_RETRY: '1',
    SWITCHBOARD_FUZZ_SEED: values.seed,
    SWITCHBOARD_FUZZ_RUNS: values.runs,
  },
});
process.exit(done.status ?? 1);
