import { cleanup, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ok } from '#shared/result.ts';
import { defaultDispositions } from '#shared/sample/lists/dispositions.ts';
import { usualFieldsOf } from '#shared/sync/usual.ts';
import { aJournalEntry, renderOnDesk, testDesk, uuid } from '../fields/testDesk.tsx';
import type { TeamAgent } from './agentGroups.ts';
import { TeamPage } from './TeamPage.tsx';

const talking: TeamAgent = {
  userId: uuid(901),
  name: 'Tomasz Wrona',
  state: 'onCall',
  reason: null,
  since: Date.now() - 65_000,
  callId: null,
  customerName: 'Maria Keller',
  queueId: 'support',
  extension: '2042',
  teamId: null,
};
const entry = aJournalEntry({
  wrapUp: {
    id: uuid(30),
    callId: uuid(1),
    customerId: null,
    agentId: uuid(900),
    agentName: 'Priya Nair',
    dispositionId: defaultDispositions[0]?.id ?? '',
    result: 'escalated',
    notes: 'Wants the manager',
    followUpAt: null,
    ticketIds: [],
    afterCallMs: 21_000,
    savedAt: 1_200_000,
    ...usualFieldsOf('wrapUp'),
  },
  tickets: [{ id: uuid(20), no: null, subject: 'No hot water' }],
});

beforeEach(() => {
  window.location.hash = '#/team';
});
afterEach(cleanup);

it('shows who does what since when, and a call with its conclusion', async () => {
  const desk = testDesk({ 'team.view': () => ok({ agents: [talking], calls: [entry] }) });
  const user = userEvent.setup();
  renderOnDesk(<TeamPage />, desk.bridge);
  const tile = await screen.findByTestId('agent-tile');
  expect(tile.textContent).toContain('Tomasz Wrona');
  expect(tile.textContent).toContain('After-sales service · Maria Keller');
  // A minute and some seconds ago: the clock goes on while the page is painted.
  expect(tile.textContent).toMatch(/1:\d\d/);
  const row = screen.getByTestId('journal-row');
  for (const words of ['Priya Nair', 'Maria Keller', '1:05', 'Escalated', 'Number follows']) {
    expect(row.textContent).toContain(words);
  }
  await user.click(row);
  await waitFor(() =>
    expect(screen.getByTestId('journal-notes').textContent).toBe('Wants the manager'),
  );
});

it('says that nobody is known and no call was taken', async () => {
  const desk = testDesk({ 'team.view': () => ok({ agents: [], calls: [] }) });
  renderOnDesk(<TeamPage />, desk.bridge);
  expect(await screen.findByText('No agent is known yet')).toBeTruthy();
  expect(screen.getByText('No calls yet')).toBeTruthy();
});
