import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const stamp = join(root, 'out', 'app', 'built-from');
const sources = ['electron', 'renderer', 'server', 'shared', 'vite.config.ts', 'package-lock.json'];

/** Fingerprint of all that the build reads: names, sizes and times. */
function fingerprint() {
  const hash = createHash('sha256');
  for (const source of sources) add(hash, join(root, source), source);
  return hash.digest('hex');
}

function add(hash, path, name) {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return;
  if (found.isFile()) {
    hash.update(`${name} ${found.size} ${found.mtimeMs}\n`);
    return;
  }
  for (const entry of readdirSync(path).sort()) add(hash, join(path, entry), `${name}/${entry}`);
}

export function buildIsFresh() {
  try {
    return readFileSync(stamp, 'utf8') === fingerprint();
  } catch {
    return false;
  }
}

export function rememberBuild() {
  mkdirSync(join(root, 'out', 'app'), { recursive: true });
  writeFileSync(stamp, fingerprint());
}
