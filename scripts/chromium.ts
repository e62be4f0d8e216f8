import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { findChromium } from '../tests/support/chromium.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** An installed Chromium, else Playwright's download, else the system's package where we are root on Debian. */
export function ensureChromium(): { path: string } | { reason: string } {
  const installed = findChromium() ?? ofPlaywright();
  if (installed) return { path: installed };
  console.log('Installing Chromium for the end-to-end tests (once) …');
  const cli = join(root, 'node_modules', 'playwright-core', 'cli.js');
  spawnSync(process.execPath, [cli, 'install', 'chromium'], { stdio: 'ignore', timeout: 180_000 });
  const downloaded = ofPlaywright();
  if (downloaded) return { path: downloaded };
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    return {
      reason:
        'none is installed, Playwright could not download one, and only root may install the system’s package',
    };
  }
  const apt = {
    stdio: 'ignore' as const,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  spawnSync('apt-get', ['update'], apt);
  spawnSync(
    'apt-get',
    ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'],
    apt,
  );
  const packaged = findChromium();
  return packaged ? { path: packaged } : { reason: 'the system’s package could not be installed' };
}

function ofPlaywright(): string | null {
  const path = chromium.executablePath();
  return existsSync(path) ? path : null;
}
