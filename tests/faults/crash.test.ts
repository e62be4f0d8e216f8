import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DeskPage } from '../e2e/pages/desk.ts';
import {
  type CallCentre,
  type DeskProcess,
  killProgram,
  startCallCentre,
} from '../support/callCentre.ts';
import { closeContexts, type DeskWindow, openTab } from '../support/deskWindow.ts';
import { tellFailures } from '../support/failureStory.ts';
import { callerOf } from '../support/practicePeople.ts';
import { wordsOf } from '../support/words.ts';

/** The desk's process is killed in the middle of work; the next start has what was typed. */
let centre: CallCentre;
let desk: DeskProcess | undefined;
let window: DeskWindow | undefined;
let agent: DeskPage;

const known = callerOf('known');
const running = wordsOf('journal', 'running').en;
const halfTyped = 'Wants to know when the';

beforeAll(async () => {
  centre = await startCallCentre();
});

afterAll(async () => {
  await window?.close();
  await closeContexts();
  await centre?.stop();
});

/** Every try begins with a new start and a quiet PBX, whatever the one before it left behind. */
beforeEach(async () => {
  await window?.close();
  await desk?.program.stop();
  const { calls } = await centre.callers.state();
  for (const { callRef } of calls) await centre.callers.hangUp(callRef).catch(() => undefined);
  await openAgent();
});

tellFailures('crash', () => ({ centre, windows: [window] }));

async function openAgent(): Promise<void> {
  desk = await centre.startDesk('agent');
  window = await openTab(desk);
  agent = new DeskPage(window.page);
  await agent.signIn.practiseAs('xu.jing');
  await agent.inStep();
}

async function crash(): Promise<void> {
  if (desk) await killProgram(desk.program);
  await agent.page.getByText(wordsOf('shell', 'deskLost').en).waitFor();
  await window?.close();
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

/** The window hears of an answer before the disk does; the journal reads what is on the disk. */
async function answerIsKept(): Promise<void> {
  await agent.go('journal');
  await agent.page.getByTestId('journal-row').first().filter({ hasText: running }).waitFor();
}

/** A ticket of an earlier call, which can be linked to the next one. */
async function openTicketOfBefore(): Promise<string> {
  const subject = 'Ticket of an earlier call';
  const callRef = await talk();
  await agent.openTicketForm();
  await agent.saveTicket(subject, '');
  await centre.callers.hangUp(callRef);
  await agent.wrapUp();
  return subject;
}

describe('a desk killed in after-call work', () => {
  it('is told in the window, and the next start has the call in the backlog with what was typed', async () => {
    await agent.bar.goReady();
    const open = await openTicketOfBefore();
    const callRef = await talk();
    await centre.callers.hangUp(callRef);
    await agent.bar.is('wrapUp');
    await agent.page.getByTestId('wrap-up-tag').fill('vip,');
    await agent.linkTicket(open);
    await agent.page.getByTestId('wrap-up-notes').fill(halfTyped);
    // The window sends what waits when it goes, and reads back what the desk has.
    await agent.page.reload();
    const typed = agent.page.getByTestId('wrap-up-notes');
    await expect.poll(() => typed.inputValue()).toBe(halfTyped);
    await crash();
    await openAgent();
    await agent.bar.is('idle');
    await agent.openBacklog();
    const notes = agent.page.getByTestId('wrap-up-notes');
    await expect.poll(() => notes.inputValue()).toBe(halfTyped);
    await agent.page.getByTestId('wrap-up-tags').getByText('vip').waitFor();
    await agent.page.getByTestId('wrap-up-tickets').getByText(open).waitFor();
    await agent.fillWrapUp({ disposition: 'hot water', result: 1, notes: ' pump comes' });
    await agent.finish();
    await agent.page.getByText(wordsOf('wrapUp', 'backlog.empty').en).waitFor();
    await agent.page.keyboard.press('Escape');
    await agent.go('journal');
    const row = agent.page.getByTestId('journal-row').first();
    await row.click();
    const detail = agent.page.getByTestId('journal-detail');
    await expect.poll(() => detail.innerText()).toContain(`${halfTyped} pump comes`);
  });
});

describe('a desk killed while talking', () => {
  it('has the call, with an end, in the backlog, and it can be wrapped up there', async () => {
    await agent.bar.goReady();
    await talk();
    const customer = await agent.customerName();
    await answerIsKept();
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

  it('takes the next call, which waits until the PBX has given the lost one up', async () => {
    await agent.bar.goReady();
    const lost = await talk();
    await answerIsKept();
    await crash();
    await openAgent();
    await agent.bar.goReady();
    const callRef = await talk();
    await agent.bar.audioIs('connected');
    const { calls } = await centre.callers.state();
    expect(calls.map((call) => call.callRef)).not.toContain(lost);
    await centre.callers.hangUp(callRef);
    await agent.wrapUp();
  });
});
