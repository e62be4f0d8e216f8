import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { v7 as uuidv7 } from 'uuid';
import { insertRecords } from '#server/store/records.ts';
import { openStore } from '#server/store/store.ts';
import { withDueAt } from '#shared/domain/serviceLevels/serviceLevels.ts';
import { usualServiceLevels } from '#shared/domain/settings/serviceLevels.ts';
import { type Ticket, ticketPriorities, ticketTypes } from '#shared/domain/tickets/ticket.ts';
import { startStates } from '#shared/domain/tickets/ticketFlow.ts';
import { practiceAgents, practiceUsers } from '#shared/sample/practiceUsers.ts';
import { createClock } from '#shared/sync/clock.ts';
import { usualFieldsOf } from '#shared/sync/usual.ts';
import { startDesk } from '#tests/support/callCentre.ts';
import { chromiumFlags, findChromium } from '#tests/support/chromium.ts';
import { startBenchCentre } from './benchCentre.ts';
import { builtApp } from './builtApp.ts';
import { type Bench, percentile, ratioFigure } from './figure.ts';

const tickets = Number(process.env.SWITCHBOARD_BENCH_TICKETS ?? 100_000);
const changes = 60;
const warmUp = 10;
const atOnce = 2_000;
const viewport = { width: 1440, height: 900 };

/**
 * 100,000 tickets at a desk of the browser shell: the filter of the list is changed in Chromium → the rows of the new
 * filter painted (two frames after they were put on the screen). Each change is another filter: words, views. Baseline:
 * a bare list in the same browser, which has the rows of each filter prepared as HTML, shows them in a container of
 * the height of the whole list, and waits two frames as well.
 */
export const bench: Bench = async () => {
  const centre = await startBenchCentre(builtApp(), {}, fillTickets);
  const desk = await startDesk(join(centre.dataDir, 'desk'), centre.serverUrl);
  const browser = await launch();
  const page = await openList(browser, desk.url);
  const bare = await (await browser.newContext({ viewport })).newPage();
  await bare.setContent(
    `<style>${await cssOf(page)}</style><main id="list" style="height:640px;overflow:auto"></main>`,
  );
  const times = { ours: [] as number[], bare: [] as number[] };
  for (let at = 0; at < warmUp + changes; at += 1) {
    await page.bringToFront();
    times.ours.push(await changeFilter(page, at));
    const shown = await shownRows(page);
    await bare.bringToFront();
    times.bare.push(await showPrepared(bare, shown));
  }
  const [ours, theirs] = [times.ours.slice(warmUp), times.bare.slice(warmUp)];
  await browser.close();
  await desk.program.stop();
  await centre.stop();
  return [0.5, 0.99].map((p) =>
    ratioFigure(
      `ticket-list p${p * 100}`,
      'ms',
      percentile(ours, p),
      percentile(theirs, p),
      2,
      changes,
    ),
  );
};

const supervisor = practiceUsers.find(({ login }) => login === 'wu.min');

/** Written into the database: how they come there is not what is measured. */
async function fillTickets(serverDir: string): Promise<void> {
  const me = supervisor?.id ?? '';
  const store = await openStore({ kind: 'directory', path: serverDir });
  const clock = createClock('benchtickets', Date.now);
  for (let from = 0; from < tickets; from += atOnce) {
    const lot = Array.from({ length: Math.min(atOnce, tickets - from) }, (_, at) => ({
      entity: 'ticket' as const,
      id: uuidv7(),
      fields: { ...ticketNo(from + at, me) },
    }));
    await store.db.transaction().execute((tx) => insertRecords(tx, lot, clock.tick(), Date.now()));
  }
  await store.close();
}

const usual = usualFieldsOf('ticket');
const matters = ['热水器漏水', 'Invoice is wrong', '配送延迟', 'No hot water', '咨询保修期'];

function ticketNo(place: number, firstContactId: string): Ticket {
  const owner = practiceAgents[place % practiceAgents.length];
  const state = startStates[place % startStates.length] ?? 'registered';
  const isOwned = state === 'assigned' || state === 'inProgress';
  const ticket: Ticket = {
    ...usual,
    no: null,
    type: ticketTypes[place % ticketTypes.length] ?? 'inquiry',
    categoryId: null,
    priority: ticketPriorities[place % ticketPriorities.length] ?? 'normal',
    state,
    subject: `${matters[place % matters.length]} ${place}`,
    description: 'As the customer told it on the phone. '.repeat(6),
    customerId: null,
    callId: null,
    queueId: 'support',
    numberRaw: null,
    ownerId: isOwned ? (owner?.id ?? null) : null,
    firstContactId,
    firstContactName: '吴敏',
    createdAt: Date.now() - place * 1_000,
    dueAt: null,
    closedAt: null,
  };
  return withDueAt(ticket, usualServiceLevels, null);
}

async function openList(browser: Browser, url: string): Promise<Page> {
  const page = await (await browser.newContext({ viewport })).newPage();
  await page.goto(url);
  await page.getByTestId('practice-wu.min').click();
  await page.getByTestId('agent-state').waitFor();
  await page.evaluate(() => {
    window.location.hash = '#/tickets';
  });
  await page.getByTestId('tickets-all').click({ timeout: 600_000 });
  // Everything has arrived once the list holds it.
  await page.waitForFunction(
    (count) => {
      const text = document.querySelector('[data-testid="ticket-count"]')?.textContent ?? '';
      return Number(text.replaceAll(/\D/gu, '')) >= count;
    },
    tickets,
    { timeout: 600_000 },
  );
  await page.locator('[data-testid="sync-state"][data-state="online"]').first().waitFor();
  return page;
}

/** Words of another filter each time; every third change is a view. */
function changeFilter(page: Page, at: number): Promise<number> {
  const view = ['tickets-open', 'tickets-unassigned', 'tickets-all'][Math.floor(at / 3) % 3] ?? '';
  const change = at % 3 === 0 ? { view, text: null } : { view: null, text: String(at + 10) };
  return page.evaluate(
    ({ view: tab, text }) =>
      new Promise<number>((resolve) => {
        const list = document.querySelector('[data-testid="ticket-list"]');
        const before = list?.getAttribute('data-answer');
        const observer = new MutationObserver(() => {
          const now = document.querySelector('[data-testid="ticket-list"]');
          if (now?.getAttribute('data-answer') === before) return;
          observer.disconnect();
          requestAnimationFrame(() =>
            requestAnimationFrame(() => resolve(performance.now() - from)),
          );
        });
        observer.observe(document.body, { subtree: true, childList: true, attributes: true });
        const from = performance.now();
        if (tab !== null) {
          document.querySelector<HTMLElement>(`[data-testid="${tab}"]`)?.click();
          return;
        }
        const box = document.querySelector<HTMLInputElement>('[data-testid="ticket-filter-text"]');
        // As a key does it: React looks for a change of its own.
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(box, text);
        box?.dispatchEvent(new Event('input', { bubbles: true }));
      }),
    change,
  );
}

/** The rows as they stand in the window, and how high the whole list is. */
function shownRows(page: Page): Promise<{ html: string; height: number }> {
  return page.evaluate(() => {
    const list = document.querySelector<HTMLElement>('[data-testid="ticket-list"]');
    return { html: list?.outerHTML ?? '', height: list?.scrollHeight ?? 0 };
  });
}

function showPrepared(page: Page, rows: { html: string; height: number }): Promise<number> {
  return page.evaluate(({ html, height }) => {
    const list = document.querySelector<HTMLElement>('#list');
    list?.replaceChildren();
    return new Promise<number>((resolve) => {
      requestAnimationFrame(() => {
        const from = performance.now();
        if (list) list.innerHTML = `<div style="height:${height}px">${html}</div>`;
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - from)));
      });
    });
  }, rows);
}

function cssOf(page: Page): Promise<string> {
  return page.evaluate(() =>
    Array.from(document.styleSheets, (sheet) =>
      Array.from(sheet.cssRules, (rule) => rule.cssText).join('\n'),
    ).join('\n'),
  );
}

async function launch(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('no Chromium found; name it in SWITCHBOARD_CHROMIUM');
  return chromium.launch({ executablePath, args: [...chromiumFlags] });
}
