import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { type CallEvents, createCallEvents } from '#server/callEvents/callEvents.ts';
import { openStore } from '#server/store/store.ts';
import { startDesk } from '#tests/support/callCentre.ts';
import { chromiumFlags, findChromium } from '#tests/support/chromium.ts';
import { type LiveSocket, ServerClient } from '#tests/support/serverClient.ts';
import { openBareBoard } from './bareBoard.ts';
import { fillHouse } from './boardHouse.ts';
import { type BoardTraffic, createTraffic } from './boardTraffic.ts';
import { builtApp } from './builtApp.ts';
import { type Bench, limitFigure, medianOfRounds, plainFigure, ratioFigure } from './figure.ts';
import { startSiteServer } from './siteServer.ts';

const size = { queues: 50, agents: 500 };
const perSecond = 100;
const tickMs = 100;
const rounds = Number(process.env.SWITCHBOARD_BENCH_ROUNDS ?? 5);
const roundMs = 15_000;
/** Before a round counts. */
const settleMs = 5_000;
/** Between two events whose way to the screen is timed. */
const probeEveryMs = 100;
const apart = 20;
const mostRatio = 2;
/** A share of a minute in which keys would wait, ms. */
const mostBlockedMs = 3_000;
const patienceMs = 60_000;
const viewport = { width: 1440, height: 900 };

/**
 * Event at the server → painted on the board, with 500 agents, 50 queues and 100 events a second: from the moment at
 * which another node hands the event in until two frames after it stands on the screen. Server, its PostgreSQL, desk
 * and Chromium are processes. And how long the window's main thread was not free for keys: of every task beyond 50 ms
 * the rest, for each minute. Baseline: a page with the same elements and styles that gets the server's messages
 * directly, and writes them into its elements. The two take turns.
 */
export const bench: Bench = async () => {
  builtApp();
  const server = await startSiteServer();
  if (!server) return [];
  const house = await fillHouse(server.databaseUrl, size);
  const store = await openStore({ kind: 'postgres', url: server.databaseUrl });
  const callEvents = createCallEvents(store, { now: Date.now, log: () => {} });
  await callEvents.start();
  const traffic = createTraffic(house, { apart, seed: 7 });
  await callEvents.take(traffic.opening(Date.now()));
  const dataDir = mkdtempSync(join(tmpdir(), 'switchboard-bench-'));
  const desk = await startDesk(dataDir, server.url);
  const browser = await launch();
  // The desk's address opens once: later rounds come with what it left in the browser.
  const context = await newContext(browser);

  // All the time: a house that stands still has soon no call left to show.
  const running = { on: true, events: 0 };
  const flowing = flow(callEvents, traffic, running);
  const [ours, bare] = [newTimes(), newTimes()];
  for (let round = 0; round < rounds; round += 1) {
    const board = await openBoard(context, desk.url);
    await measure({ page: board, callEvents, traffic, running }, ours);
    const look = await lookOf(board);
    await board.close();
    const plain = await openBareBoard(await newContext(browser), look);
    const socket = await watchDirectly(server.url, plain.tell);
    await measure({ page: plain.page, callEvents, traffic, running }, bare);
    socket.close();
    await plain.close();
  }

  running.on = false;
  await flowing;
  await browser.close();
  await desk.program.stop();
  await callEvents.stop();
  await store.close();
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
  const n = ours.painted.flat().length;
  const aMinute = (blockedMs: number) => (blockedMs * 60_000) / (rounds * roundMs);
  return [
    ...[0.5, 0.99].map((p) =>
      ratioFigure(
        `board, event → painted p${p * 100}`,
        'ms',
        medianOfRounds(ours.painted, p),
        medianOfRounds(bare.painted, p),
        mostRatio,
        n,
      ),
    ),
    limitFigure(
      'board, main thread blocked per minute',
      'ms',
      aMinute(ours.blockedMs),
      mostBlockedMs,
      rounds,
    ),
    plainFigure('board, of it the bare page', 'ms', aMinute(bare.blockedMs), rounds),
    plainFigure('board, events per second', '1/s', ours.events / (ours.ms / 1000), rounds),
  ];
};

interface Times {
  /** By round. */
  painted: number[][];
  blockedMs: number;
  events: number;
  ms: number;
}

const newTimes = (): Times => ({ painted: [], blockedMs: 0, events: 0, ms: 0 });

interface Measured {
  page: Page;
  callEvents: CallEvents;
  traffic: BoardTraffic;
  running: { on: boolean; events: number };
}

declare global {
  interface Window {
    boardProbe: {
      expect(agentId: string, state: string): void;
      painted(): Promise<number>;
      blockedMs: number;
    };
  }
}

/** Looks once a frame whether the agent's tile shows the state; `painted`: two frames after that, ms UTC. */
function installProbe(): void {
  let painted: Promise<number> = Promise.resolve(0);
  window.boardProbe = {
    blockedMs: 0,
    expect(agentId, state) {
      painted = new Promise((resolve) => {
        const look = () => {
          const tile = document.querySelector<HTMLElement>(`[data-agent="${agentId}"]`);
          if (tile?.dataset.state !== state) return requestAnimationFrame(look);
          return requestAnimationFrame(() => requestAnimationFrame(() => resolve(Date.now())));
        };
        look();
      });
    },
    painted: () => painted,
  };
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.boardProbe.blockedMs += duration - 50;
  }).observe({ type: 'longtask' });
}

async function measure(
  { page, callEvents, traffic, running }: Measured,
  times: Times,
): Promise<void> {
  const broken = (error: Error) => console.error(`  ${page.url()}: ${error.message}`);
  page.on('pageerror', broken);
  await page.evaluate(installProbe);
  await sleep(settleMs);
  await page.evaluate(() => {
    window.boardProbe.blockedMs = 0;
  });
  const from = performance.now();
  const before = running.events;
  const painted: number[] = [];
  while (performance.now() - from < roundMs) {
    painted.push(await probeOnce(page, callEvents, traffic));
    await sleep(probeEveryMs);
  }
  const ms = performance.now() - from;
  const blockedMs = await page.evaluate(() => window.boardProbe.blockedMs);
  times.painted.push(painted);
  times.blockedMs += (blockedMs * roundMs) / ms;
  times.events += running.events - before;
  times.ms += ms;
}

async function probeOnce(
  page: Page,
  callEvents: CallEvents,
  traffic: BoardTraffic,
): Promise<number> {
  const { event, agentId, state } = traffic.toggle(Date.now());
  await page.evaluate(([id, to]) => window.boardProbe.expect(id, to), [agentId, state] as const);
  const at = Date.now();
  void callEvents.take([event]);
  const painted = page.evaluate(() => window.boardProbe.painted());
  const gaveUp = new AbortController();
  const late = sleep(patienceMs, null, { signal: gaveUp.signal }).then(() => {
    throw new Error(`${page.url()}: agent ${agentId} never became ${state}`);
  });
  try {
    return (await Promise.race([painted, late])) - at;
  } finally {
    late.catch(() => {});
    gaveUp.abort();
  }
}

/** So many events a second, whatever each takes. */
async function flow(
  callEvents: CallEvents,
  traffic: BoardTraffic,
  running: { on: boolean; events: number },
): Promise<void> {
  const from = performance.now();
  for (let sent = 0; running.on; ) {
    const due = Math.floor(((performance.now() - from) / 1000) * perSecond) - sent;
    if (due > 0) {
      const events = traffic.next(due, Date.now());
      sent += events.length;
      void callEvents.take(events).then(() => {
        running.events += events.length;
      });
    }
    await sleep(tickMs);
  }
}

async function openBoard(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(patienceMs);
  await page.goto(url);
  const signIn = page.getByTestId('practice-wu.min');
  const signedIn = page.getByTestId('agent-state');
  await signIn.or(signedIn).first().waitFor();
  if (await signIn.isVisible()) await signIn.click();
  await signedIn.waitFor();
  await page.evaluate(() => {
    location.hash = '#/board';
  });
  await page
    .getByTestId('agent-tile')
    .nth(size.agents - 1)
    .waitFor();
  await page.getByTestId('board-call').first().waitFor();
  return page;
}

/** The board as it stands, with the styles that paint it. */
function lookOf(page: Page): Promise<{ html: string; css: string }> {
  return page.evaluate(() => {
    const css = Array.from(document.styleSheets, (sheet) =>
      Array.from(sheet.cssRules, (rule) => rule.cssText).join('\n'),
    ).join('\n');
    const look = document.documentElement.cloneNode(true) as HTMLElement;
    for (const part of look.querySelectorAll('script, style, link, meta')) part.remove();
    return { html: look.outerHTML, css };
  });
}

async function watchDirectly(url: string, tell: (text: string) => void): Promise<LiveSocket> {
  const client = new ServerClient(url);
  await client.signIn('helen.marsh');
  const socket = client.live();
  await socket.hello(client.token);
  await socket.next();
  socket.say(JSON.stringify({ type: 'watch', board: true }));
  void (async () => {
    for (;;) {
      const message = (await socket.next()) as { type: string };
      if (message.type === 'board' || message.type === 'boardChanges') {
        tell(JSON.stringify(message));
      }
    }
  })();
  return socket;
}

async function launch(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('no Chromium found; name it in SWITCHBOARD_CHROMIUM');
  return chromium.launch({ executablePath, args: [...chromiumFlags] });
}

function newContext(browser: Browser): Promise<BrowserContext> {
  return browser.newContext({ viewport });
}
