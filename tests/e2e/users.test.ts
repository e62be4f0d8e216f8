import { afterEach, beforeEach, expect, it } from 'vitest';
import { type CallCentre, startCallCentre } from '../support/callCentre.ts';
import { closeContexts, type DeskWindow, openDesk } from '../support/deskWindow.ts';
import { tellFailures } from '../support/failureStory.ts';
import { DeskPage } from './pages/desk.ts';
import { UsersPage } from './pages/users.ts';

/** An administrator sets somebody up, who signs in at another desk and takes calls. */
let centre: CallCentre;
let leadWindow: DeskWindow;
let agentWindow: DeskWindow;

beforeEach(async () => {
  centre = await startCallCentre();
  [leadWindow, agentWindow] = await Promise.all([
    openDesk(centre, 'administrator'),
    openDesk(centre, 'newcomer'),
  ]);
});

afterEach(async () => {
  await leadWindow?.close();
  await agentWindow?.close();
  await closeContexts();
  await centre?.stop();
});

tellFailures('users', () => ({ centre, windows: [leadWindow, agentWindow] }));

it('somebody new gets the place of one who left, sets an own password, goes ready and is called', async () => {
  await new DeskPage(leadWindow.page).signIn.practiseAs('admin');
  const people = new UsersPage(leadWindow.page);
  await people.open();
  await people.deactivate('Anna Keller');
  const password = await people.add({
    login: 'ren.wei',
    name: '任伟',
    team: 'east',
    extension: '2045',
    phonePassword: 'practice',
    queues: ['support'],
  });

  const { page } = agentWindow;
  const desk = new DeskPage(page);
  await desk.signIn.signIn('ren.wei', password);
  await page.getByTestId('new-password').fill('too short');
  await page.keyboard.press('Enter');
  await page.getByText('10 characters at least', { exact: true }).waitFor();
  await page.getByTestId('new-password').fill('my own horse');
  await page.getByTestId('new-password-again').fill('my own horse');
  await page.keyboard.press('Enter');
  await page.getByTestId('agent-state').filter({ hasText: '任伟' }).waitFor();
  await page.getByTestId('agent-state').filter({ hasText: '2045' }).waitFor();
  await desk.bar.goReady();
  await centre.callers.ring({ number: '+8613800138000', agent: '2045', direct: true });
  await desk.bar.is('ringing');
  expect([...leadWindow.errors, ...agentWindow.errors]).toEqual([]);
});
