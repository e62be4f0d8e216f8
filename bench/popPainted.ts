import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { practiceSize } from '#electron/centre/practiceCentre.ts';
import { startDesk } from '#tests/support/callCentre.ts';
import { chromiumFlags, findChromium } from '#tests/support/chromium.ts';
import { BarePage } from './barePage.ts';
import { type BenchCentre, startBenchCentre } from './benchCentre.ts';
import { builtApp } from './builtApp.ts';
import { callsIn } from './callsIn.ts';
import { type Bench, percentile, plainFigure, ratioFigure } from './figure.ts';

const calls = 100;
const warmUpCalls = 10;
const viewport = { width: 1440, height: 900 };

/**
 * INVITE on the wire → the caller's card painted in the window: practice PBX, desk of the browser
 * shell, Chromium, 2,000 customers. The clock starts when the INVITE's bytes pass a tap in front of the
 * PBX and stops two frames after the card was put on the screen (`switchboard:pop-painted`). Baseline: a
 * bare page that gets the HTML of such a card over a WebSocket, shows it and waits two frames as well.
 */
export const bench: Bench = async () => {
  const centre = await startBenchCentre(builtApp());
  const desk = await startDesk(join(centre.dataDir, 'desk'), centre.serverUrl);
  const browser = await launch();
  const window = await openDesk(browser, desk.url);
  const callers = callsIn(practiceSize);
  const next = async (): Promise<number> => {
    const took = await popOnce(centre, window, callers.next());
    card = await cardOf(window.page);
    await centre.hangUp();
    await window.idle();
    return took;
  };
  let card = { html: '', css: '' };
  await next();
  const bare = await BarePage.open(await newContext(browser), card);
  const times = { ours: [] as number[], bare: [] as number[] };
  for (let call = 0; call < warmUpCalls + calls; call += 1) {
    times.ours.push(await next());
    times.bare.push(await bare.paintOnce());
  }
  const [ours, theirs] = [times.ours.slice(warmUpCalls), times.bare.slice(warmUpCalls)];

  bare.close();
  await browser.close();
  await desk.program.stop();
  await centre.stop();
  return [
    ...[0.5, 0.99].map((p) =>
      ratioFigure(
        `pop-painted p${p * 100}`,
        'ms',
        percentile(ours, p),
        percentile(theirs, p),
        3,
        calls,
      ),
    ),
    plainFigure('pop-painted size of the card', 'kB', (bare.bytes ?? 0) / 1000, 1),
  ];
};

async function popOnce(centre: BenchCentre, window: DeskWindow, number: string): Promise<number> {
  const invited = centre.tap.nextInvite();
  const painted = window.nextPainted();
  await centre.ring(number, '2041');
  return (await painted) - (await invited);
}

interface DeskWindow {
  page: Page;
  /** When the next card stood on the screen, ms UTC. */
  nextPainted(): Promise<number>;
  /** Resolves when no call is at the desk. */
  idle(): Promise<void>;
}

async function openDesk(browser: Browser, url: string): Promise<DeskWindow> {
  const context = await newContext(browser);
  const page = await context.newPage();
  let told: (at: number) => void = () => {};
  await page.exposeFunction('tellPainted', (at: number) => told(at));
  await page.goto(url);
  await page.getByTestId('practice-xu.jing').click();
  await page.getByTestId('agent-state').waitFor();
  await page.locator('[data-testid="sync-state"][data-state="online"]').first().waitFor();
  await page.getByTestId('go-ready').click();
  await page.locator('[data-testid="agent-state"][data-state="ready"]').waitFor();
  await page.evaluate(() => {
    document.addEventListener('switchboard:pop-painted', () => window.tellPainted(Date.now()));
  });
  return {
    page,
    nextPainted: () =>
      new Promise((resolve) => {
        told = resolve;
      }),
    idle: () => page.locator('[data-testid="call-bar"][data-state="idle"]').waitFor(),
  };
}

declare global {
  interface Window {
    tellPainted(at: number): void;
  }
}

/** The card as it stands in the window, with the styles that paint it. */
function cardOf(page: Page): Promise<{ html: string; css: string }> {
  return page.evaluate(() => ({
    html: document.querySelector('[data-testid="customer-desk"]')?.outerHTML ?? '',
    css: Array.from(document.styleSheets, (sheet) =>
      Array.from(sheet.cssRules, (rule) => rule.cssText).join('\n'),
    ).join('\n'),
  }));
}

async function launch(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('no Chromium found; name it in SWITCHBOARD_CHROMIUM');
  return chromium.launch({ executablePath, args: [...chromiumFlags] });
}

function newContext(browser: Browser): Promise<BrowserContext> {
  return browser.newContext({ viewport, permissions: ['microphone'] });
}
