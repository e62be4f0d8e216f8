import { spawn } from 'node:child_process';
import process from 'node:process';
import { ensureInstalled, node24 } from './install.mjs';
import { readOptions } from './options.mjs';
import { words } from './words.mjs';

/** `npm start`: runs on whatever Node is there (20 or newer), installs what is missing, hands over to Node 24. */
const read = readOptions(process.argv.slice(2));
if ('problem' in read) {
  console.error(`${read.problem}\n\n${words('help')}`);
  process.exit(2);
}
if (read.options.help) {
  console.log(words('help'));
  process.exit(0);
}

ensureInstalled();
const launched = spawn(node24(), ['scripts/launch.ts', ...process.argv.slice(2)], {
  stdio: 'inherit',
});
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  // Ctrl-C reaches the launcher as well, a signal to this process alone does not; twice is once to it.
  process.on(signal, () => process.platform !== 'win32' && launched.kill(signal));
}
launched.once('error', (error) => {
  console.error(words('notStarted', { part: words('launcher'), why: error.message }));
  process.exit(1);
});
launched.once('exit', (status) => process.exit(status ?? 1));
