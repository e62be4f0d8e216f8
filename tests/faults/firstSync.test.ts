import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DeskPage } from '../e2e/pages/desk.ts';
import {
  type CallCentre,
  type DeskProcess,
  killProgram,
  startCallCentre,
  startDesk,
} from '../support/callCentre.ts';
import { closeContexts, type DeskWindow, openTab } from '../support/deskWindow.ts';
import { tellFailures } from '../support/failureStory.ts';
import { HttpProxy } from '../support/httpProxy.ts';

/** The first sync of a desk stops in the middle, the desk is killed, and it goes on where it was. */
let centre: CallCentre;
let proxy: HttpProxy;
let desk: DeskProcess | undefined;
let window: DeskWindow | undefined;
let agent: DeskPage;
let pagesPassed = 0;
let mostPages = 1;

beforeAll(async () => {
  centre = await startCallCentre();
  proxy = await HttpProxy.to(centre.serverUrl, ({ path }) => {
    if (path !== '/api/sync/pull') return 'pass';
    if (pagesPassed >= mostPages) return 502;
    pagesPassed += 1;
    return 'pass';
  });
});

afterAll(async () => {
  await window?.close();
  await closeContexts();
  await desk?.program.stop();
  await proxy?.close();
  await centre?.stop();
});

tellFailures('first-sync', () => ({ centre, windows: [window] }));

async function openAgent(): Promise<void> {
  desk = await startDesk(join(centre.dataDir, 'agent'), proxy.url);
  window = await openTab(desk);
  agent = new DeskPage(window.page);
  await agent.signIn.practiseAs('xu.jing');
}

/** The line that says how far it is, once it stands still. */
async function stopped(): Promise<string> {
  const line = agent.page.locator('[data-testid="first-sync"][data-stopped="true"]');
  await line.getByTestId('first-sync-bar').waitFor();
  return line.innerText();
}

it('shows how far it is, and goes on after a new start', async () => {
  await openAgent();
  const before = await stopped();
  expect(before).toMatch(/2,000 of \d,\d\d\d records/);
  if (desk) await killProgram(desk.program);
  await window?.close();

  await openAgent();
  expect(await stopped()).toBe(before);
  mostPages = Number.POSITIVE_INFINITY;
  await agent.page.getByTestId('sync-state').first().click();
  await agent.page.getByTestId('sync-retry').click();
  await agent.inStep();
  await agent.page.getByTestId('first-sync').waitFor({ state: 'detached' });
  expect(window?.errors.filter((error) => !error.includes('502'))).toEqual([]);
});
