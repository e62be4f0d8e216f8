import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Browser, chromium } from 'playwright-core';
import { practiceSize } from '#electron/centre/practiceCentre.ts';
import { DeskPage } from '#tests/e2e/pages/desk.ts';
import { chromiumFlags, findChromium } from '#tests/support/chromium.ts';
import { type BenchCentre, startBenchCentre } from './benchCentre.ts';
import { builtApp } from './builtApp.ts';
import { callsIn } from './callsIn.ts';
import { type DeskProcess, startDeskProcess } from './deskMemory.ts';
import { type Bench, limitFigure, plainFigure, ratioFigure } from './figure.ts';
import { type Holdings, Inspector } from './inspector.ts';

/** A quick human's call: rings, talk, after-call work, ms. */
const human = { ringMs: 2_000, talkMs: 8_000, wrapUpMs: 5_000 };
const settings = {
  calls: Number(process.env.SWITCHBOARD_SOAK_CALLS ?? 1_000),
  /** Times the human's pace. */
  pace: Number(process.env.SWITCHBOARD_SOAK_PACE ?? 5),
};
const settledAfter = Math.min(100, settings.calls / 2);
const looks = 5;
const mb = 1024 ** 2;

/**
 * Calls in a row on the practice PBX at five times the human's pace: rung, answered, talked with real audio, ended by
 * the caller and wrapped up, in the browser shell. What the desk's process holds at the end, against after the first
 * hundred; each after a collection, with no call on the desk. `SWITCHBOARD_SOAK_CALLS` and `SWITCHBOARD_SOAK_PACE`
 * change number and pace.
 */
export const bench: Bench = async () => {
  const centre = await startBenchCentre(builtApp(), {
    timing: {
      wrapUpMs: Math.round(2_000 / settings.pace),
      talkMs: { min: 3_600_000, max: 3_600_000 },
    },
  });
  const { child, ready, inspector } = await startWatched(
    join(centre.dataDir, 'desk'),
    centre.serverUrl,
  );
  const browser = await launch();
  const desk = await openDesk(browser, await ready);
  const callers = callsIn(practiceSize);
  let settled = await holdingsOf(inspector);
  for (let call = 1; call <= settings.calls; call += 1) {
    await oneCall(centre, desk, callers.next());
    if (call === settledAfter) settled = await holdingsOf(inspector);
    if (call % 100 === 0) console.log(`  ${call} calls, ${new Date().toISOString()}`);
  }
  const end = await holdingsOf(inspector);
  const pops = await desk.pops();
  inspector.close();
  await browser.close();
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
  await centre.stop();
  return [
    limitFigure('soak, calls not popped exactly once', '', wrongPops(pops), 0, settings.calls),
    plainFigure('soak, calls popped', '', new Set(pops).size, settings.calls),
    ...(['resident', 'heap'] as const).map((what) =>
      ratioFigure(
        `soak, ${what} memory at the end`,
        'MB',
        end[what] / mb,
        settled[what] / mb,
        1.1,
        1,
      ),
    ),
    ...(['timers', 'listeners'] as const).map((what) =>
      limitFigure(
        `soak, ${what} more than after ${settledAfter} calls`,
        '',
        end[what] - settled[what],
        0,
        end[what],
      ),
    ),
  ];
};

async function startWatched(
  dataDir: string,
  serverUrl: string,
): Promise<DeskProcess & { inspector: Inspector }> {
  const { child, ready } = startDeskProcess(builtApp(), dataDir, serverUrl, Inspector.execArgv);
  return { child, ready, inspector: await Inspector.of(child) };
}

/** Calls that no card was painted for, and cards painted again. */
function wrongPops(pops: readonly string[]): number {
  const popped = new Set(pops).size;
  return settings.calls - popped + (pops.length - popped);
}

async function oneCall(centre: BenchCentre, desk: DeskPage, number: string): Promise<void> {
  await centre.ring(number, '2041');
  await desk.bar.is('ringing');
  await pause(human.ringMs / settings.pace);
  await desk.bar.answer();
  await desk.bar.is('talking');
  await pause(human.talkMs / settings.pace);
  await centre.hangUp();
  await desk.bar.is('wrapUp');
  await pause(human.wrapUpMs / settings.pace);
  await desk.wrapUp();
  await desk.bar.is('idle');
}

/** The least of several looks: what is under way at one of them is not what is left. */
async function holdingsOf(inspector: Inspector): Promise<Holdings> {
  let least = await inspector.holdings();
  for (let look = 1; look < looks; look += 1) {
    await pause(500);
    const now = await inspector.holdings();
    least = {
      heap: Math.min(least.heap, now.heap),
      resident: Math.min(least.resident, now.resident),
      timers: Math.min(least.timers, now.timers),
      listeners: Math.min(least.listeners, now.listeners),
    };
  }
  return least;
}

async function openDesk(browser: Browser, url: string): Promise<DeskPage> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    permissions: ['microphone'],
  });
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const desk = new DeskPage(page);
  await page.goto(url);
  await page.getByTestId('practice-xu.jing').click();
  await desk.inStep();
  await desk.bar.goReady();
  await desk.countPops();
  return desk;
}

async function launch(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('no Chromium found; name it in SWITCHBOARD_CHROMIUM');
  return chromium.launch({ executablePath, args: [...chromiumFlags] });
}
