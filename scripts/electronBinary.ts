import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { downloadArtifact } from '@electron/get';
import { words } from './words.mjs';

/** `reason` is one line for the person at the terminal, why the browser shell is taken instead. */
export type ElectronFound = { binary: string } | { reason: string };

/** A download of which no byte has come after this long has failed; nobody waits for a dead network. */
const stallMs = 8_000;

/** Finds Electron's binary, or downloads it where that is possible. */
export async function findElectron(root: string): Promise<ElectronFound> {
  const noWindow = whyNoWindow();
  if (noWindow) return { reason: noWindow };
  const folder = join(root, 'node_modules', 'electron');
  const there = installedIn(folder);
  if (there) return { binary: there };
  console.log(words('downloading'));
  const problem = await download(root);
  const downloaded = problem ? null : installedIn(folder);
  if (downloaded) return { binary: downloaded };
  return { reason: words('notDownloaded', { why: problem ?? words('incomplete') }) };
}

function whyNoWindow(): string | null {
  if (process.platform !== 'linux') return null;
  const hasDisplay = process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY;
  if (!hasDisplay) return words('noDisplay');
  if (process.getuid?.() === 0) return words('asRoot');
  return null;
}

function installedIn(folder: string): string | null {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const dist = override ?? join(folder, 'dist');
  const name = nameOfBinary();
  const path = join(dist, name);
  return existsSync(path) ? path : null;
}

function nameOfBinary(): string {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
}

/** Fills the downloader's cache; then Electron's own installer unpacks it. */
async function download(root: string): Promise<string | null> {
  const fetched = await fetchElectron(root, process.platform, process.arch);
  return 'problem' in fetched ? fetched.problem : unpack(join(root, 'node_modules', 'electron'));
}

/** The archive of Electron for a platform, downloaded and checked, or kept from before. Watches that bytes come. */
export async function fetchElectron(
  root: string,
  platform: NodeJS.Platform,
  arch: string,
): Promise<{ archive: string } | { problem: string }> {
  const folder = join(root, 'node_modules', 'electron');
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const checksums = createRequire(import.meta.url)(join(folder, 'checksums.json'));
  const watch = watchForStall();
  const fetched = downloadArtifact({
    version,
    artifactName: 'electron',
    platform,
    arch,
    checksums,
    downloadOptions: { quiet: true, getProgressCallback: async () => watch.moved() },
  }).then(
    (archive) => ({ archive }),
    (error: unknown) => ({ problem: error instanceof Error ? error.message : String(error) }),
  );
  const stalled = watch.stalled.then((problem) => ({ problem }));
  const outcome = await Promise.race([fetched, stalled]);
  watch.end();
  return outcome;
}

function watchForStall() {
  let timer: NodeJS.Timeout | undefined;
  let giveUp: (problem: string) => void = () => {};
  const stalled = new Promise<string>((resolve) => {
    giveUp = resolve;
  });
  const end = () => clearTimeout(timer);
  const moved = () => {
    end();
    timer = setTimeout(() => giveUp(words('noData')), stallMs);
  };
  moved();
  return { stalled, moved, end };
}

function unpack(folder: string): string | null {
  const done = spawnSync(process.execPath, [join(folder, 'install.js')], { stdio: 'ignore' });
  return done.status === 0 ? null : words('notUnpacked');
}
