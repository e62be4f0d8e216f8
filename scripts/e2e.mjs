import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { ensureInstalled, node24 } from './install.mjs';

/** `npm run test:e2e -- --shell browser|electron`: the same story in either shell. */
const { values } = parseArgs({ options: { shell: { type: 'string', default: 'browser' } } });
if (values.shell !== 'browser' && values.shell !== 'electron') {
  console.error(`--shell takes browser or electron, not "${values.shell}"`);
  process.exit(2);
}
ensureInstalled();
const done = spawnSync(node24(), ['scripts/testAll.ts', 'e2e'], {
  stdio: 'inherit',
  env: { ...process.env, SWITCHBOARD_SHELL: values.shell },
});
process.exit(done.status ?? 1);
