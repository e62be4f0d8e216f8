import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JournalEntry } from '#shared/contract/models/records.ts';
import { DeskPage } from '../e2e/pages/desk.ts';
import { OutboxPage } from '../e2e/pages/outbox.ts';
import { type CallCentre, type DeskProcess, startCallCentre } from '../support/callCentre.ts';
import { connectDesk, type DeskClient } from '../support/deskClient.ts';
import { closeContexts, type DeskWindow, openTab } from '../support/deskWindow.ts';
import { inSteps, tellFailures } from '../support/failureStory.ts';
import { callerOf } from '../support/practicePeople.ts';
import { wordsOf } from '../support/words.ts';

/**
 * The first call from sign-in to follow-up with no server from start to end, on a desk that was in step once; and what
 * becomes of it when the server is back. One story told in steps; each builds on the one before.
 */
const subject = 'Boiler shows error 42';
const notes = 'Sensor reset by phone did not help';
let centre: CallCentre;
let desk: DeskProcess;
let window: DeskWindow | undefined;
let agent: DeskPage;
let outbox: OutboxPage;
let supervisor: DeskClient;
let callRef: string;

beforeAll(async () => {
  centre = await startCallCentre();
  supervisor = await connectDesk((await centre.startDesk('supervisor')).url);
  expect(await supervisor.signIn('wu.min')).toMatchObject({ ok: true });
});

afterAll(async () => {
  supervisor?.close();
  await window?.close();
  await closeContexts();
  await centre?.stop();
});

inSteps();
tellFailures('offline-story', () => ({ centre, windows: [window] }));

async function openAgent(): Promise<void> {
  desk = await centre.startDesk('agent');
  window = await openTab(desk);
  agent = new DeskPage(window.page);
  outbox = new OutboxPage(window.page);
}

/** From the card of the customer whose ticket this is. */
async function openTicketForm(): Promise<void> {
  await agent.go('tickets');
  await agent.page.getByText(subject).first().click();
  await agent.page.getByTestId('ticket-customer').click();
  await agent.page.getByTestId('customer-card').waitFor();
  await agent.openTicketForm();
}

/** What the supervisor's desk has of the call with these notes. */
async function seenBySupervisor(): Promise<JournalEntry | undefined> {
  const entries = await supervisor.do('journal.list', { whose: 'all', limit: 100 });
  return entries.find(({ wrapUp }) => wrapUp?.notes === notes);
}

it('has two desks that were in step once; then the server is gone', async () => {
  await openAgent();
  await agent.signIn.practiseAs('xu.jing');
  await agent.inStep();
  await expect.poll(async () => (await supervisor.snapshot()).sync.state).toBe('online');
  await window?.close();
  await desk.program.stop();
  await centre.kill('server');
});

describe('a whole first call without a server', () => {
  it('signs in with what was kept, and says since when the server is away', async () => {
    await openAgent();
    await agent.signIn.signIn('xu.jing', 'practice');
    await agent.bar.is('offline');
    await expect.poll(() => agent.bar.bar.innerText()).toMatch(/Offline since \d\d:\d\d/);
    await agent.bar.goReady();
  });

  it('pops the caller’s card before the answer, and keeps saying it calmly in the call', async () => {
    callRef = await centre.callers.ring({ number: callerOf('known').number, agent: '2041' });
    await agent.bar.is('ringing');
    expect(await agent.customerName()).not.toBe('');
    await agent.bar.answer();
    await agent.bar.is('talking');
    await agent.bar.audioIs('connected');
    const strip = agent.page.getByTestId('sync-strip');
    await expect.poll(() => strip.innerText()).toMatch(/Offline since \d\d:\d\d/);
    expect(await strip.innerText()).toContain(wordsOf('outbox', 'offline.text').en);
    expect(await agent.page.getByRole('dialog').count()).toBe(0);
  });

  it('opens a ticket, wraps up, and agrees a follow-up', async () => {
    await agent.openTicketForm();
    await agent.saveTicket(subject, 'Since this morning');
    await centre.callers.hangUp(callRef);
    await agent.bar.is('wrapUp');
    await agent.fillWrapUp({ disposition: 'hot water', result: 2, notes, followUp: 'tomorrow' });
    await agent.finish();
    await agent.bar.agentIs('ready');
    await agent.bar.is('offline');
    await agent.go('tasks');
    const unsent = agent.page.getByTestId('page-tasks').getByText(wordsOf('common', 'notSent').en);
    await unsent.first().waitFor();
  });

  it('lists what waits, record by record, and takes the next call', async () => {
    await agent.page.keyboard.press('Control+i');
    await outbox.page.getByTestId('outbox-page').waitFor();
    await expect.poll(() => outbox.line()).toMatch(/\d+ changes wait since \d\d:\d\d/);
    for (const entity of ['call', 'ticket', 'wrapUp', 'contact', 'task']) {
      await outbox.waiting(entity).first().waitFor();
    }
    expect(await outbox.waiting('ticket').first().innerText()).toContain(subject);
    expect(await outbox.waiting('wrapUp').first().innerText()).toContain(notes);
    const next = await centre.callers.ring({ number: callerOf('known').number, agent: '2041' });
    await agent.bar.is('ringing');
    await centre.callers.hangUp(next);
    await agent.bar.is('offline');
  });
});

describe('the server back again', () => {
  it('has it all, once, and nothing waits any more', async () => {
    await centre.revive('server');
    await agent.page.getByTestId('sync-state').first().click();
    await agent.page.getByTestId('sync-retry').click();
    await agent.inStep();
    await expect.poll(async () => (await seenBySupervisor())?.tickets[0]?.no).toMatch(/^20\d{9}$/);
    const entry = await seenBySupervisor();
    expect(entry?.tickets.map((ticket) => ticket.subject)).toEqual([subject]);
    expect(entry?.customerId).not.toBeNull();
    expect(entry?.followUp).toMatchObject({ kind: 'callBack', state: 'open' });
    await agent.page.keyboard.press('Control+i');
    await agent.page.getByText(wordsOf('outbox', 'empty.title').en).waitFor();
    expect((await supervisor.snapshot()).sync.refused).toEqual([]);
  });

  it('refuses what is no text; the agent sees why, corrects it and sends it again', async () => {
    await openTicketForm();
    await agent.page.getByTestId('ticket-subject').fill('Cut off');
    await agent.typeHalfCharacter('ticket-description', 'A text that ends too soon ');
    await agent.page.keyboard.press('Control+s');
    await agent.page.getByTestId('open-refused').click();
    const refused = outbox.refused().filter({ hasText: 'Cut off' });
    await refused.waitFor();
    const text = await refused.innerText();
    expect(text).toContain(wordsOf('outbox', 'reasons.invalid-fields').en);
    expect(text).toContain(wordsOf('outbox', 'fields.description').en);
    await refused.getByTestId('outbox-edit').click();
    await outbox.focused('outbox-field-description');
    await agent.page.getByTestId('outbox-field-description').fill('A text with an end');
    await agent.page.getByTestId('outbox-field-subject').fill('Cut off no more');
    await agent.page.keyboard.press('Control+s');
    await agent.page.getByText(wordsOf('outbox', 'empty.title').en).waitFor();
    const onServer = async () =>
      (await supervisor.do('tickets.list', { view: 'all', limit: 500 })).map((one) => one.subject);
    await expect.poll(onServer).toContain('Cut off no more');
  });

  it('refuses what is given up: only after a question is it gone', async () => {
    await openTicketForm();
    await agent.page.getByTestId('ticket-subject').fill('Never mind');
    await agent.typeHalfCharacter('ticket-description', 'A text that ends too soon ');
    await agent.page.keyboard.press('Control+s');
    await agent.page.getByTestId('open-refused').click();
    const refused = outbox.refused().filter({ hasText: 'Never mind' });
    await refused.getByTestId('outbox-discard').click();
    await outbox.focused('outbox-keep');
    await agent.page.keyboard.press('Enter');
    await refused.getByTestId('outbox-discard').click();
    await refused.getByTestId('outbox-discard-sure').click();
    await agent.page.getByText(wordsOf('outbox', 'empty.title').en).waitFor();
    expect(window?.errors).toEqual([]);
  });
});
