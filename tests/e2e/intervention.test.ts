import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CallCentre, startCallCentre } from '../support/callCentre.ts';
import { closeContexts, type DeskWindow, openDesk } from '../support/deskWindow.ts';
import { inSteps, tellFailures } from '../support/failureStory.ts';
import { DeskPage } from './pages/desk.ts';

/** An agent asks for help, a supervisor answers, writes, sets the state and signs out: two windows, one story. */
let centre: CallCentre;
let agentWindow: DeskWindow;
let leadWindow: DeskWindow;
let agent: DeskPage;
let lead: DeskPage;

beforeAll(async () => {
  centre = await startCallCentre();
  [agentWindow, leadWindow] = await Promise.all([
    openDesk(centre, 'agent'),
    openDesk(centre, 'supervisor'),
  ]);
  agent = new DeskPage(agentWindow.page);
  lead = new DeskPage(leadWindow.page);
});

afterAll(async () => {
  await agentWindow?.close();
  await leadWindow?.close();
  await closeContexts();
  await centre?.stop();
});

inSteps();
tellFailures('intervention', () => ({ centre, windows: [agentWindow, leadWindow] }));

const at = (desk: DeskPage, testId: string) => desk.page.getByTestId(testId);

/** One of a row of choices, whose radio is hidden behind its face. */
async function choose(desk: DeskPage, testId: string, name: string): Promise<void> {
  await at(desk, testId).getByRole('radio', { name }).check({ force: true });
}

describe('between a supervisor and an agent', () => {
  it('help that is asked for by key is answered, and the agent sees who comes', async () => {
    await agent.signIn.practiseAs('xu.jing');
    await lead.signIn.practiseAs('wu.min');
    await agent.inStep();
    await lead.inStep();
    await agent.page.keyboard.press('Control+h');
    await at(agent, 'own-help').filter({ visible: true }).waitFor();
    await at(lead, 'help-request').filter({ hasText: '徐静' }).waitFor();
    await at(lead, 'help-onMyWay').click();
    await at(agent, 'own-help').filter({ hasText: '吴敏' }).waitFor();
    expect(await at(agent, 'own-help').getAttribute('data-state')).toBe('answered');
    await at(lead, 'help-finish').click();
    await at(agent, 'own-help').waitFor({ state: 'detached' });
  });

  it('a message is read by one key, answered, and the sender sees both', async () => {
    await at(lead, 'open-messages').click();
    await choose(lead, 'messages', 'New message');
    await choose(lead, 'message-form', 'One person');
    await at(lead, 'message-to').selectOption({ label: '徐静' });
    await at(lead, 'message-text').fill('Meeting at four');
    await choose(lead, 'message-form', 'Urgent');
    await at(lead, 'message-text').press('Control+Enter');
    const banner = at(agent, 'message-banner');
    await banner.filter({ hasText: 'Meeting at four' }).waitFor();
    await at(lead, 'receipt').filter({ hasText: '徐静' }).waitFor();
    expect(await at(lead, 'receipt').getAttribute('data-read')).toBe('false');
    await agent.page.keyboard.press('Alt+y');
    await banner.waitFor({ state: 'detached' });
    await lead.page.locator('[data-testid="receipt"][data-read="true"]').waitFor();
    await lead.page.keyboard.press('Escape');
  });

  it('a state that is set is said to the agent until it was seen', async () => {
    await agent.bar.goReady();
    await lead.go('board');
    await lead.page.getByTestId('agent-tile').filter({ hasText: '徐静' }).click();
    await at(lead, 'agent-actions').click();
    await at(lead, 'set-break-meeting').click();
    const told = at(agent, 'done-banner');
    await told.filter({ hasText: '吴敏' }).waitFor();
    await at(agent, 'go-ready').waitFor();
    await at(agent, 'done-seen').click();
    await told.waitFor({ state: 'detached' });
  });

  it('tickets are handed over and escalated from the board, and the agent is told by whom', async () => {
    await at(lead, 'with-signed-out').click();
    await lead.page.getByTestId('agent-tile').filter({ hasText: '陈浩' }).focus();
    await lead.page.keyboard.press('Shift+F10');
    await at(lead, 'board-menu').getByTestId('open-tickets').click();
    const first = at(lead, 'agent-ticket').first();
    const no = await first.locator('td').first().innerText();
    await first.getByTestId('ticket-hand-over').click();
    await at(lead, 'ticket-assign-name').fill('徐静');
    await at(lead, 'ticket-taker').filter({ hasText: '徐静' }).click();
    await at(lead, 'ticket-step-send').click();
    await at(lead, 'agent-ticket').filter({ hasText: no }).waitFor({ state: 'detached' });
    await lead.page.keyboard.press('Escape');
    await lead.page
      .getByTestId('agent-tile')
      .filter({ hasText: '徐静' })
      .click({ button: 'right' });
    await at(lead, 'board-menu').getByTestId('open-tickets').click();
    await at(lead, 'agent-ticket').filter({ hasText: no }).getByTestId('ticket-escalate').click();
    await at(lead, 'ticket-step-note').fill('Waits too long');
    await at(lead, 'ticket-step-send').click();
    await at(lead, 'ticket-step-form').waitFor({ state: 'detached' });
    await lead.page.keyboard.press('Escape');
    await at(agent, 'notices').click();
    for (const kind of ['ticket.assigned', 'ticket.escalated']) {
      const told = agent.page.locator(`[data-testid="told"][data-kind="${kind}"]`);
      await told.filter({ hasText: no }).filter({ hasText: '吴敏' }).waitFor();
    }
    await agent.page.keyboard.press('Escape');
  });

  it('who is signed out stands at the sign-in, and reads why', async () => {
    await lead.page
      .getByTestId('agent-tile')
      .filter({ hasText: '徐静' })
      .click({ button: 'right' });
    await at(lead, 'board-menu').getByTestId('open-sign-out').click();
    await at(lead, 'sign-out-yes').click();
    await at(agent, 'signed-out-seen').waitFor();
    expect(leadWindow.errors).toEqual([]);
    expect(agentWindow.errors).toEqual([]);
  });
});
