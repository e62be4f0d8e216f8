import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { chromiumFlags, findChromium } from '#tests/support/chromium.ts';
import { builtApp } from './builtApp.ts';
import { deskMemory } from './deskMemory.ts';
import { type Bench, percentile, plainFigure } from './figure.ts';

const starts = 5;
const root = fileURLToPath(new URL('..', import.meta.url));

interface Start {
  /** ms from the command to its first line: Node and npm are there, the parts begin to start. */
  begun: number;
  /** … to the address of the desk: server, practice PBX and desk are ready. */
  ready: number;
  /** … to the sign-in page on the screen. */
  painted: number;
}

/**
 * `npm start -- --web --no-open` on data that is there already → the sign-in page painted, as somebody
 * sees it whose browser is open; and the memory of a desk with the large data set.
 */
export const bench: Bench = async () => {
  builtApp();
  const dataDir = mkdtempSync(join(tmpdir(), 'switchboard-start-'));
  const executablePath = findChromium();
  if (!executablePath) throw new Error('no Chromium found; name it in SWITCHBOARD_CHROMIUM');
  const browser = await chromium.launch({ executablePath, args: [...chromiumFlags] });
  // The first start makes the practice data.
  await startOnce(browser, dataDir);
  const measured: Start[] = [];
  for (let start = 0; start < starts; start += 1) measured.push(await startOnce(browser, dataDir));
  await browser.close();
  rmSync(dataDir, { recursive: true, force: true });

  const median = (part: keyof Start) =>
    percentile(
      measured.map((one) => one[part]),
      0.5,
    );
  return [
    plainFigure('start → sign-in page painted, median', 'ms', median('painted'), starts),
    plainFigure('start, of it until the parts begin', 'ms', median('begun'), starts),
    plainFigure('start, of it until server, PBX and desk are ready', 'ms', median('ready'), starts),
    ...(await deskMemory()),
  ];
};

async function startOnce(browser: Browser, dataDir: string): Promise<Start> {
  const from = performance.now();
  const child = spawn('npm', ['start', '--silent', '--', '--web', '--no-open', '--data', dataDir], {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, SWITCHBOARD_CALLERS: 'manual' },
  });
  const ended = once(child, 'exit');
  let begun = 0;
  const url = await new Promise<string>((resolve, reject) => {
    // It goes on to be read to the end: the launcher must not meet a closed pipe.
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (begun === 0) begun = performance.now() - from;
      const address = /Switchboard ready: (http\S+)/.exec(line)?.[1];
      if (address !== undefined) resolve(address);
    });
    ended.then(() => reject(new Error('npm start ended by itself')));
  });
  const ready = performance.now() - from;
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(url);
  await page.getByTestId('sign-in').waitFor();
  await page.evaluate(
    () => new Promise((shown) => requestAnimationFrame(() => requestAnimationFrame(shown))),
  );
  const painted = performance.now() - from;
  await context.close();
  // npm, the launcher and what it started are a group of their own.
  if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
  await ended;
  return { begun, ready, painted };
}
