import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { words } from './words.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Path of the Node 24 that comes with the dependencies. */
export function node24() {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  return join(root, 'node_modules', 'node', 'bin', name);
}

/**
 * npm writes what it installed into a lock file of its own. All that the project's lock file asks for
 * must stand there in the same version; what npm left out for this platform may be missing.
 */
function isInstalled() {
  if (!existsSync(node24())) return false;
  const wanted = packagesIn(join(root, 'package-lock.json'));
  const present = packagesIn(join(root, 'node_modules', '.package-lock.json'));
  return Object.entries(wanted).every(([path, { version, optional, link }]) => {
    if (path === '' || link) return true;
    const found = present[path];
    return found ? found.version === version : Boolean(optional);
  });
}

function packagesIn(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return {};
  }
}

/** Installs the dependencies from the lock file unless they are there. Ends the process where that fails. */
export function ensureInstalled() {
  const [major] = process.versions.node.split('.').map(Number);
  if ((major ?? 0) < 20) {
    console.error(words('oldNode', { version: process.version }));
    process.exit(1);
  }
  if (isInstalled()) return;
  console.log(words('installing'));
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const done = spawnSync(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (done.status !== 0 || !existsSync(node24())) {
    console.error(words('notInstalled'));
    process.exit(1);
  }
}
