import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CallCentre, startCallCentre } from '../support/callCentre.ts';
import { closeContexts, type DeskWindow, openDesk } from '../support/deskWindow.ts';
import { inSteps, tellFailures } from '../support/failureStory.ts';
import { callerOf } from '../support/practicePeople.ts';
import { BoardPage } from './pages/board.ts';
import { DeskPage } from './pages/desk.ts';
import { JournalPage } from './pages/journal.ts';

/**
 * The first call, from the sign-in to a finished, synced call: real SIP, real audio, two desks and the
 * central server between them. One story told in steps; each builds on the one before.
 */
let centre: CallCentre;
let agentWindow: DeskWindow;
let supervisorWindow: DeskWindow;
let agent: DeskPage;
let supervisor: DeskPage;
let callRef: string;

const subject = 'No hot water since this morning';
const customer = { name: '' };
const notes = 'Sensor reset by phone did not help';

beforeAll(async () => {
  centre = await startCallCentre();
  [agentWindow, supervisorWindow] = await Promise.all([
    openDesk(centre, 'agent'),
    openDesk(centre, 'supervisor'),
  ]);
  agent = new DeskPage(agentWindow.page);
  supervisor = new DeskPage(supervisorWindow.page);
});

afterAll(async () => {
  await agentWindow?.close();
  await supervisorWindow?.close();
  await closeContexts();
  await centre?.stop();
});

inSteps();
tellFailures('story', () => ({ centre, windows: [agentWindow, supervisorWindow] }));

describe('the first call', () => {
  it('signs in as a practice user and gets the records of the centre', async () => {
    await agent.signIn.practiseAs('xu.jing');
    await supervisor.signIn.practiseAs('wu.min');
    await agent.inStep();
    await supervisor.inStep();
  });

  it('chooses ready, and the PBX knows', async () => {
    await agent.bar.goReady();
    await centre.callers.until((state) =>
      state.agents.some((one) => one.extension === '2041' && one.available),
    );
  });

  it('shows the card of the caller before the answer, once', async () => {
    const caller = callerOf('known');
    await agent.countPops();
    callRef = await centre.callers.ring({ number: caller.number, queue: 'support' });
    await agent.bar.is('ringing');
    const name = await agent.customerName();
    await expect.poll(() => agent.bar.caller()).toBe(name);
    customer.name = name;
    await agent.page.getByTestId('timeline-entry').first().waitFor();
    await expect.poll(() => agent.pops()).toHaveLength(1);
    const state = await centre.callers.state();
    expect(state.calls[0]?.legs[0]?.answered).toBe(false);
  });

  it('is answered by key, with sound in both directions', async () => {
    await agent.bar.answer();
    await agent.bar.is('talking');
    await agent.bar.audioIs('connected');
    await centre.callers.until((now) => {
      const leg = now.calls[0]?.legs[0];
      return Boolean(leg && leg.packetsIn > 0 && leg.packetsOut > 50 && leg.soundFrames > 0);
    });
    expect(await agent.pops()).toHaveLength(1);
  });

  it('opens a ticket by one key, with customer, number, queue and call filled in', async () => {
    await agent.openTicketForm();
    const facts = await agent.page.getByTestId('ticket-facts').innerText();
    expect(facts).toContain(await agent.customerName());
    expect(facts).toMatch(/\d{3,}/);
    await agent.saveTicket(subject, 'Display shows E17, heating still works.');
  });

  it('goes to after-call work with a countdown when the customer hangs up', async () => {
    await centre.callers.hangUp(callRef);
    await agent.bar.is('wrapUp');
    await agent.bar.agentIs('wrapUp');
    expect(await agent.bar.bar.innerText()).toMatch(/\d+:\d\d/);
  });

  it('saves the wrap-up and is ready again', async () => {
    await agent.fillWrapUp({ disposition: 'hot water', result: 2, notes, followUp: 'tomorrow' });
    await agent.finish();
    await agent.bar.agentIs('ready');
    await agent.bar.is('idle');
  });

  it('shows call, ticket and follow-up to the supervisor on the other desk', async () => {
    const journal = new JournalPage(supervisor.page);
    await supervisor.go('journal');
    const row = journal.callOf('徐静', customer.name);
    await row.filter({ hasText: /20\d{9}/ }).click();
    await journal.detailTells(notes);
    await journal.detailTells(subject);
    await supervisor.go('board');
    await new BoardPage(supervisor.page).agentIs('徐静', 'ready');
  });

  it('gave the ticket its number at the centre', async () => {
    await agent.go('tickets');
    const row = agent.page.getByTestId('ticket-row').filter({ hasText: subject });
    await row.waitFor();
    await expect.poll(() => row.innerText()).toMatch(/20\d{9}/);
  });

  it('made no error in either window', () => {
    expect([...agentWindow.errors, ...supervisorWindow.errors]).toEqual([]);
  });
});
