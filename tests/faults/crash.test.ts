import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DeskPage } from '../e2e/pages/desk.ts';
import {
  type CallCentre,
  type DeskProcess,
  killProgram,
  startCallCentre,
} from '../support/callCentre.ts';
import { closeBrowser, type DeskWindow, openTab, pictureOf } from '../support/deskWindow.ts';
import { callerOf } from '../support/practicePeople.ts';
import { wordsOf } from '../support/words.ts';

/** The desk's process is killed in the middle of work; the next start has what was typed. */
let centre: CallCentre;
let desk: DeskProcess;
let window: DeskWindow;
let agent: DeskPage;

const known = callerOf('known');
const running = wordsOf('journal', 'running').en;
const halfTyped = 'Wants to know when the';

beforeAll(async () => {
  centre = await startCallCentre();
  await openAgent();
});

afterAll(async () => {
  await window?.close();
  await closeBrowser();
  await centre?.stop();
});

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await pictureOf(window, `crash-${task.id}`);
});

async function openAgent(): Promise<void> {
  desk = await centre.startDesk('agent');
  window = await openTab(desk);
  agent = new DeskPage(window.page);
  await agent.signIn.practiseAs('xu.jing');
  await agent.inStep();
}

async function crash(): Promise<void> {
  await killProgram(desk.program);
  await agent.page.getByText(wordsOf('shell', 'deskLost').en).waitFor();
  await window.close();
}

async function talk(): Promise<string> {
  const callRef = await centre.callers.ring({
    number: known.number,
    queue: 'support',
    agent: '2041',
  });
  await agent.bar.is('ringing');
  await agent.bar.answer();
  await agent.bar.is('talking');
  return callRef;
}

describe('a desk killed in after-call work', () => {
  it('is told in the window, and starts again', async () => {
    await agent.bar.goReady();
    const callRef = await talk();
    await centre.callers.hangUp(callRef);
    await agent.bar.is('wrapUp');
    await agent.page.getByTestId('wrap-up-notes').fill(halfTyped);
    await agent.draftIsKept();
    await crash();
    await openAgent();
    await agent.bar.is('idle');
  });

  it('has the call in the backlog with what was typed, and it can be finished there', async () => {
    await agent.openBacklog();
    const notes = agent.page.getByTestId('wrap-up-notes');
    await expect.poll(() => notes.inputValue()).toBe(halfTyped);
    await agent.fillWrapUp({ disposition: 'hot water', result: 1, notes: ' pump comes' });
    await agent.finish();
    await agent.page.getByText(wordsOf('wrapUp', 'backlog.empty').en).waitFor();
    await agent.page.keyboard.press('Escape');
    await agent.go('journal');
    const row = agent.page.getByTestId('journal-row').first();
    await row.click();
    const detail = agent.page.getByTestId('journal-detail');
    await expect.poll(() => detail.innerText()).toContain(`${halfTyped} pump comes`);
    await agent.go('desk');
  });
});

describe('a desk killed while talking', () => {
  it('has the call, with an end, in the backlog, and it can be wrapped up there', async () => {
    await agent.bar.goReady();
    await talk();
    const customer = await agent.customerName();
    // The window hears of an answer before the disk does; the journal reads what is on the disk.
    await agent.go('journal');
    await agent.page.getByTestId('journal-row').first().filter({ hasText: running }).waitFor();
    await crash();
    await openAgent();
    await agent.page.getByTestId('open-backlog').waitFor();
    await agent.page.keyboard.press('Alt+b');
    const entry = agent.page.getByTestId('backlog-entry').first();
    expect(await entry.innerText()).toContain(customer);
    await entry.click();
    await agent.fillWrapUp({ disposition: 'hot water', result: 1, notes: 'Desk died' });
    await agent.finish();
    await agent.page.getByText(wordsOf('wrapUp', 'backlog.empty').en).waitFor();
    await agent.page.keyboard.press('Escape');
  });

  it('takes the next call', async () => {
    await agent.bar.goReady();
    const callRef = await talk();
    await agent.bar.audioIs('connected');
    await centre.callers.hangUp(callRef);
    await agent.wrapUp();
  });
});
