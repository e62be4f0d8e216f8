import { spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { networkAddress } from '../tests/pbx/support/ports.ts';

/** The release that has Asterisk; Debian's stable ones have not. */
const release = 'sid';
const packages = ['asterisk', 'asterisk-core-sounds-en', 'ca-certificates'];
/** Installing takes under a minute; what takes this long hangs. */
const mostMs = 600_000;

/**
 * A Debian with Asterisk in a folder of its own below `dir`, made once by debootstrap from the mirror that this
 * machine's apt uses, and sipp from this machine's own release. Needs root on Debian and a network interface.
 */
export function ensureAsterisk(dir: string): { root: string } | { reason: string } {
  if (process.platform !== 'linux' || !existsSync('/etc/debian_version')) {
    return { reason: 'only on Debian' };
  }
  if (process.getuid?.() !== 0) return { reason: 'only root may install and start Asterisk' };
  const address = networkAddress();
  if (!address) {
    return { reason: 'no network interface but loopback, where Asterisk offers no audio' };
  }
  mkdirSync(dir, { recursive: true });
  const log = join(dir, 'install.log');
  const root = join(dir, release);
  const isMade = existsSync(join(root, 'usr/sbin/asterisk'));
  const missing = [...(isMade ? [] : ['debootstrap']), ...(hasSipp() ? [] : ['sip-tester'])];
  if (missing.length > 0 && !installed(missing, log)) {
    return { reason: `${missing.join(' and ')} could not be installed: ${lastWords(log)}` };
  }
  if (!isMade && !made(root, log)) {
    return { reason: `a Debian with Asterisk could not be made: ${lastWords(log)}` };
  }
  // Asterisk asks for its own name: without a line here it would wait for a name server.
  writeFileSync(join(root, 'etc/hosts'), `127.0.0.1 localhost\n${address} ${hostname()}\n`);
  return { root };
}

function hasSipp(): boolean {
  return spawnSync('sipp', ['-v'], { stdio: 'ignore' }).error === undefined;
}

function installed(names: string[], log: string): boolean {
  const missing = names.filter((name) => name !== 'debootstrap' || !hasDebootstrap());
  if (missing.length === 0) return true;
  console.log(`Installing ${missing.join(' and ')} (once) …`);
  run(log, 'apt-get', ['update']);
  return run(log, 'apt-get', ['install', '-y', '--no-install-recommends', ...missing]);
}

function hasDebootstrap(): boolean {
  return existsSync('/usr/sbin/debootstrap');
}

/** Built beside, then put in place: what was broken off is not taken for whole. */
function made(root: string, log: string): boolean {
  const mirror = debianMirror();
  if (!mirror) return false;
  console.log('Making a Debian with Asterisk (once, about a minute) …');
  const unfinished = `${root}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  const include = `--include=${packages.join(',')}`;
  const ok = run(log, 'debootstrap', ['--variant=minbase', include, release, unfinished, mirror]);
  if (!ok) return false;
  rmSync(root, { recursive: true, force: true });
  renameSync(unfinished, root);
  return true;
}

/** The mirror of Debian's main archive as apt is set up here. */
function debianMirror(): string | null {
  const format = '$(LABEL) $(REPO_URI)';
  const told = spawnSync(
    'apt-get',
    ['indextargets', '--format', format, 'Identifier: Packages', 'Label: Debian'],
    { encoding: 'utf8' },
  );
  return /^Debian (\S+)$/mu.exec(told.stdout ?? '')?.[1] ?? null;
}

function run(log: string, command: string, args: string[]): boolean {
  const file = openSync(log, 'a');
  const done = spawnSync(command, args, {
    stdio: ['ignore', file, file],
    timeout: mostMs,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  closeSync(file);
  return done.status === 0;
}

/** What an installation said last; all of it is in the log. */
function lastWords(log: string): string {
  const said = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').at(-1) : '';
  return `${said} (${log})`;
}
