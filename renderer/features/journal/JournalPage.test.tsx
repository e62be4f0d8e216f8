import { cleanup, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { JournalLine } from '#shared/contract/methods/journal.ts';
import { fail, ok } from '#shared/result.ts';
import { deskStore } from '../../store/desk.ts';
import { windowStore } from '../../store/window.ts';
import { aJournalEntry, renderOnDesk, testDesk, uuid } from '../fields/testDesk.tsx';
import { JournalPage } from './JournalPage.tsx';
import { forgetWish } from './journalFilter.ts';

function aLine(changes: Partial<JournalLine> = {}): JournalLine {
  const entry = aJournalEntry();
  return { ...entry, id: entry.callId, numberRaw: '', recorded: false, ...changes };
}

const answered = aLine();
const missed = aLine({
  ...{ id: uuid(2), callId: uuid(2), callRef: 'ref-2', result: 'missed', talkMs: null },
  ...{ customerId: null, customerName: null, numberDisplay: '', numberKey: null },
});
const abandoned = aLine({
  ...{ id: 'entry-3', callId: null, callRef: 'ref-3', result: 'abandoned', talkMs: null },
  ...{ agentId: null, agentName: null, customerId: null, customerName: null },
});

beforeEach(() => {
  window.location.hash = '#/journal';
  forgetWish();
});
afterEach(cleanup);

const pageOf = (rows: JournalLine[], origin: 'centre' | 'desk' = 'centre') =>
  ok({ rows, next: null, origin });
const journeyOf = (part: JournalLine) =>
  ok({
    parts: [part],
    recorded: part.recorded,
    origin: 'centre' as const,
    events: [
      {
        event: {
          ...{
            name: 'queue.entered' as const,
            id: uuid(50),
            at: 1_000_000,
            source: 'pbx' as const,
          },
          ...{ callRef: part.callRef, queueId: 'support' },
        },
        agentName: null,
      },
      {
        event: {
          ...{ name: 'queue.left' as const, id: uuid(51), at: 1_065_000, source: 'pbx' as const },
          ...{ callRef: part.callRef, queueId: 'support', how: 'abandoned' as const },
        },
        agentName: null,
      },
    ],
  });

it('shows calls, opens one by key and its customer', async () => {
  const desk = testDesk({
    'journal.page': () => pageOf([answered, missed]),
    'journal.journey': () => journeyOf(answered),
  });
  const user = userEvent.setup();
  renderOnDesk(<JournalPage />, desk.bridge);
  const rows = await screen.findAllByTestId('journal-row');
  expect(rows[0]?.textContent).toContain('Not wrapped up');
  expect(rows[1]?.textContent).toContain('Number withheld');
  expect(rows[1]?.textContent).toContain('Missed');
  expect(screen.queryByRole('radio', { name: 'All calls' })).toBeNull();
  expect(screen.queryByTestId('journal-agent')).toBeNull();
  screen.getByTestId('journal-list').focus();
  await user.keyboard('j');
  await user.click(await screen.findByTestId('journal-open-customer'));
  expect(windowStore.getState().customerId).toBe(uuid(10));
  await waitFor(() => expect(window.location.hash).toBe('#/desk'));
});

it('shows what only the PBX saw, with its course; a filter asks again', async () => {
  const desk = testDesk({
    'journal.page': () => pageOf([abandoned]),
    'journal.journey': () => journeyOf(abandoned),
    'team.view': () => ok({ agents: [], calls: [] }),
  });
  const user = userEvent.setup();
  renderOnDesk(<JournalPage />, desk.bridge);
  const { session } = deskStore.getState();
  deskStore.setState({
    session: { ...session, user: session.user && { ...session.user, role: 'supervisor' } },
  });
  await user.click(await screen.findByTestId('journal-row'));
  const told = await screen.findByTestId('journal-timeline');
  expect(told.textContent).toMatch(/\+0:00.*Entered.*\+1:05.*Gave up/);
  await user.selectOptions(screen.getByTestId('journal-result'), 'abandoned');
  await waitFor(() => {
    const last = desk.inputsOf('journal.page').at(-1);
    expect(last).toMatchObject({ filter: { result: 'abandoned' }, after: null });
  });
});

it('says that the calls are those of this desk, and tells what went wrong', async () => {
  const held = testDesk({ 'journal.page': () => pageOf([answered], 'desk') });
  renderOnDesk(<JournalPage />, held.bridge);
  expect((await screen.findByTestId('journal-held')).textContent).toContain('this desk holds');
  cleanup();
  const broken = testDesk({ 'journal.page': () => fail('server-refused', 'no') });
  renderOnDesk(<JournalPage />, broken.bridge);
  expect(await screen.findByRole('alert')).toBeTruthy();
});
