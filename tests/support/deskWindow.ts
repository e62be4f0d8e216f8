import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import type { CallCentre, DeskProcess } from './callCentre.ts';
import { chromiumFlags, findChromium } from './chromium.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Which shell the end-to-end tests run in: `npm run test:e2e -- --shell electron`. */
export const shell = process.env.SWITCHBOARD_SHELL === 'electron' ? 'electron' : 'browser';

export interface DeskWindow {
  page: Page;
  /** Errors that the page told: a healthy window has none. */
  errors: string[];
  /** The desk's process in the browser shell. */
  process: DeskProcess | null;
  close(): Promise<void>;
}

let browser: Browser | null = null;

/** One browser for all windows of a worker's test files, which ends with the worker. */
async function theBrowser(): Promise<Browser> {
  if (!browser?.isConnected()) browser = await launchBrowser(chromiumFlags);
  return browser;
}

/** A browser of the test's own, which the test closes. */
export function launchBrowser(flags: readonly string[]): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('There is no Chromium; npm test says how to get one.');
  return chromium.launch({ executablePath, args: [...flags] });
}

/** Closes what a test file has left open; the browser is there for the next one. */
export async function closeContexts(): Promise<void> {
  await Promise.all(browser?.contexts().map((context) => context.close()) ?? []);
}

export async function newContext(
  permissions: readonly string[] = ['microphone'],
): Promise<BrowserContext> {
  const context = await (await theBrowser()).newContext({
    viewport: { width: 1440, height: 900 },
    permissions: [...permissions],
  });
  context.setDefaultTimeout(90_000);
  return context;
}

/** Opens a desk of its own, in the shell under test. */
export async function openDesk(centre: CallCentre, name: string): Promise<DeskWindow> {
  return shell === 'electron' ? openElectron(centre, name) : openInBrowser(centre, name);
}

async function openInBrowser(centre: CallCentre, name: string): Promise<DeskWindow> {
  return openTab(await centre.startDesk(name));
}

/** A tab at a desk's process. */
export async function openTab(
  process: DeskProcess,
  context: BrowserContext | null = null,
): Promise<DeskWindow> {
  context ??= await newContext();
  const page = await context.newPage();
  const errors = watch(page);
  await page.goto(process.url);
  return { page, errors, process, close: () => context.close() };
}

async function openElectron(centre: CallCentre, name: string): Promise<DeskWindow> {
  const executablePath = process.env.SWITCHBOARD_ELECTRON;
  const app = await _electron.launch({
    ...(executablePath ? { executablePath } : {}),
    args: [root, `--server=${centre.serverUrl}`, `--data=${join(centre.dataDir, name)}`],
  });
  const page = await app.firstWindow();
  return { page, errors: watch(page), process: null, close: () => app.close() };
}

/** What stood on the screen when a test failed, in `out/test/`. */
export async function pictureOf(window: DeskWindow | undefined, name: string): Promise<void> {
  await window?.page.screenshot({ path: join(root, 'out', 'test', `${name}.png`) });
}

function watch(page: Page): string[] {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  return errors;
}
