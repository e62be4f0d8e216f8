import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Notification } from '#shared/domain/notification.ts';
import { type CallCentre, startCallCentre } from '../support/callCentre.ts';
import { closeContexts, type DeskWindow, openDesk } from '../support/deskWindow.ts';
import { tellFailures } from '../support/failureStory.ts';
import { operationBy, ServerClient, ticketFields } from '../support/serverClient.ts';
import { DeskPage } from './pages/desk.ts';
import { VisitPages } from './pages/visits.ts';

/** A complaint, its return visit with an unsatisfied customer, and what the supervisor hears of it. */
let centre: CallCentre;
let agent: DeskWindow;
let supervisor: DeskWindow;
let ticketId: string;

async function makeComplaint(): Promise<string> {
  const client = new ServerClient(centre.serverUrl);
  const { user } = await client.signIn('xu.jing');
  const fields = {
    ...ticketFields(user.id, 'Leaks again'),
    ...{ type: 'complaint', ownerId: user.id, state: 'inProgress', numberRaw: '13800138000' },
  };
  const operation = operationBy(user.id, { entity: 'ticket', fields });
  expect(await client.push(operation)).toMatchObject([{ outcome: 'applied' }]);
  return operation.entityId;
}

beforeAll(async () => {
  centre = await startCallCentre();
  ticketId = await makeComplaint();
  [agent, supervisor] = await Promise.all([
    openDesk(centre, 'followUpAgent'),
    openDesk(centre, 'followUpSupervisor'),
  ]);
  await new DeskPage(agent.page).signIn.practiseAs('xu.jing');
  await new DeskPage(supervisor.page).signIn.practiseAs('wu.min');
  await Promise.all([agent, supervisor].map(({ page }) => new DeskPage(page).inStep()));
});

afterAll(async () => {
  await Promise.all([agent?.close(), supervisor?.close()]);
  await closeContexts();
  await centre?.stop();
});

tellFailures('followUp', () => ({ centre, windows: [agent, supervisor] }));

describe('a complaint whose customer is not satisfied', () => {
  it('is resolved, visited by key, opened again, and told to the supervisor', async () => {
    const work = new VisitPages(agent.page);
    await work.openTicket(ticketId);
    await work.writeDown('remedySought', 'A new tap');
    await work.resolve('Seal replaced');
    await work.startVisit();
    await work.answer('overall', 0);
    await work.answer('speed', 3);
    await work.answer('manner', 4);
    await work.answer('solved', 1);
    await work.answer('outcome', 1);
    await work.save();
    // Why the customer is not satisfied has to be said.
    await agent.page.getByTestId('fields-left').filter({ hasText: '1' }).waitFor();
    await agent.page.reload();
    await agent.page.getByTestId('visit-form').waitFor();
    await work.isAnswered('outcome', 1);
    await work.note('It leaks as before');
    await work.save();
    await agent.page.getByTestId('visit-form').waitFor({ state: 'detached' });
    await work.openTicket(ticketId);
    await work.stateIs('assigned');

    const watch = new VisitPages(supervisor.page);
    await watch.openTicket(ticketId);
    await watch.stateIs('assigned');
    await supervisor.page.getByTestId('visit-section').waitFor();
    expect(await told()).toMatchObject({ ticketId, byName: '徐静' });
    expect(agent.errors).toEqual([]);
    expect(supervisor.errors).toEqual([]);
  });
});

/** What the supervisor's desks are told; the server's word decides, no clock. */
async function told(): Promise<Notification> {
  const client = new ServerClient(centre.serverUrl);
  await client.signIn('wu.min');
  const live = client.live();
  await live.hello(client.token);
  let cursor: string | null = null;
  for (;;) {
    const page = await client.pullAll(cursor);
    cursor = page.cursor;
    const found = page.changes
      .filter(({ entity }) => entity === 'notification')
      .map(({ fields }) => fields as Notification)
      .find(({ kind }) => kind === 'visit.unsatisfied');
    if (found) {
      live.close();
      return found;
    }
    await live.next();
  }
}
