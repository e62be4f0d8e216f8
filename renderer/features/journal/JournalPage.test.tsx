import { cleanup, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ok } from '#shared/result.ts';
import { windowStore } from '../../store/window.ts';
import { aJournalEntry, renderOnDesk, testDesk, uuid } from '../fields/testDesk.tsx';
import { JournalPage } from './JournalPage.tsx';

const missed = aJournalEntry({
  callId: uuid(2),
  result: 'missed',
  talkMs: null,
  customerId: null,
  customerName: null,
  numberDisplay: '',
});

beforeEach(() => {
  window.location.hash = '#/journal';
});
afterEach(cleanup);

it('shows one’s own calls, opens one by key and its customer', async () => {
  const desk = testDesk({ 'journal.list': () => ok([aJournalEntry(), missed]) });
  const user = userEvent.setup();
  renderOnDesk(<JournalPage />, desk.bridge);
  const rows = await screen.findAllByTestId('journal-row');
  expect(rows[0]?.textContent).toContain('Not wrapped up');
  expect(rows[1]?.textContent).toContain('Number withheld');
  expect(rows[1]?.textContent).toContain('Missed');
  expect(screen.queryByRole('radio', { name: 'All calls' })).toBeNull();
  screen.getByTestId('journal-list').focus();
  await user.keyboard('j');
  await user.click(await screen.findByTestId('journal-open-customer'));
  expect(windowStore.getState().customerId).toBe(uuid(10));
  await waitFor(() => expect(window.location.hash).toBe('#/desk'));
});
