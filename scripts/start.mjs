import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { ensureInstalled, node24 } from './install.mjs';
import { help, readOptions } from './options.mjs';

/** `npm start`: runs on whatever Node is there (20 or newer), installs what is missing, hands over to Node 24. */
const read = readOptions(process.argv.slice(2));
if ('problem' in read) {
  console.error(`${read.problem}\n\n${help}`);
  process.exit(2);
}
if (read.options.help) {
  console.log(help);
  process.exit(0);
}

ensureInstalled();
// The launcher gets Ctrl-C itself, being in the same group; here it only must not end first.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
const launched = spawnSync(node24(), ['scripts/launch.ts', ...process.argv.slice(2)], {
  stdio: 'inherit',
});
process.exit(launched.status ?? 1);
