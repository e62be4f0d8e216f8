import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CallCentre, startCallCentre } from '../support/callCentre.ts';
import { closeContexts, type DeskWindow, openDesk } from '../support/deskWindow.ts';
import { tellFailures } from '../support/failureStory.ts';
import { operationBy, ServerClient, ticketFields } from '../support/serverClient.ts';
import { DeskPage } from './pages/desk.ts';
import { TicketDetailPage } from './pages/ticket.ts';

/** A ticket goes from its registration to its resolution, by keys. */
let centre: CallCentre;
let window: DeskWindow;
const ticketId = uuidv7();
/** One pixel. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

beforeAll(async () => {
  centre = await startCallCentre();
  const client = new ServerClient(centre.serverUrl);
  const { user } = await client.signIn('xu.jing');
  const fields = { ...ticketFields(user.id, '锅炉漏水'), firstContactName: user.name };
  await client.push(operationBy(user.id, { entity: 'ticket', entityId: ticketId, fields }));
  window = await openDesk(centre, 'tickets');
  await new DeskPage(window.page).signIn.practiseAs('xu.jing');
});

afterAll(async () => {
  await window?.close();
  await closeContexts();
  await centre?.stop();
});

tellFailures('tickets', () => ({ centre, windows: [window] }));

it('is acknowledged, handed on, worked on, answered and resolved, with a file', async () => {
  const ticket = new TicketDetailPage(window.page);
  await new DeskPage(window.page).inStep();
  await ticket.open(ticketId);
  await ticket.is('registered');
  await ticket.press('q');
  await ticket.is('acknowledged');
  await ticket.assignTo('陈浩');
  await ticket.is('assigned');
  await ticket.press('s');
  await ticket.is('inProgress');

  await ticket.say('n', 'Sounds urgent');
  await ticket.say('m', '您好，师傅明天上门');
  await ticket.attach({ name: 'leak.png', mimeType: 'image/png', buffer: png });
  await ticket.stored('leak.png');
  expect(await ticket.pictureWidth()).toBe(1);
  await ticket.attach({ name: 'bill.pdf', mimeType: 'application/pdf', buffer: png });
  await window.page.getByTestId('ticket-file-error').waitFor();

  await ticket.stepWith('r', 'ticket-step-resolution', '更换密封圈');
  await ticket.is('resolved');
  expect(await ticket.event('ticket.resolved').innerText()).toContain('更换密封圈');
  expect(window.errors).toEqual([]);
});
