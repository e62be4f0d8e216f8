import { afterAll, beforeAll, describe, it } from 'vitest';
import { type CallCentre, startCallCentre } from '../support/callCentre.ts';
import { closeContexts, type DeskWindow, openDesk } from '../support/deskWindow.ts';
import { inSteps, tellFailures } from '../support/failureStory.ts';
import { DeskPage } from './pages/desk.ts';

/** A call that does not come about says why, for as long as the agent has not taken note of it. */
let centre: CallCentre;
let window: DeskWindow;
let agent: DeskPage;

beforeAll(async () => {
  centre = await startCallCentre();
  window = await openDesk(centre, 'agent');
  agent = new DeskPage(window.page);
  await agent.signIn.practiseAs('xu.jing');
  await agent.bar.phoneIs('registered');
});

afterAll(async () => {
  await window?.close();
  await closeContexts();
  await centre?.stop();
});

inSteps();
tellFailures('dialling', () => ({ centre, windows: [window] }));

const bell = () => agent.page.getByRole('button', { name: /notice/i });
const notice = () => agent.page.getByTestId('notice').filter({ hasText: '602' });

describe('dialling a busy number', () => {
  it('says that it is busy, also after a reload', async () => {
    await agent.page.getByTestId('dial-field').fill('602');
    await agent.page.keyboard.press('Enter');
    await bell().getByText('1').waitFor();
    await agent.page.reload();
    await bell().click();
    await notice().waitFor();
  });

  it('leaves the agent on the break chosen before', async () => {
    await agent.bar.agentIs('break');
  });

  it('is forgotten once it is dismissed', async () => {
    await notice().getByRole('button', { name: 'Dismiss' }).click();
    await notice().waitFor({ state: 'detached' });
  });
});
