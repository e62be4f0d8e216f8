import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BulkResult, TicketRow } from '#shared/contract/methods/ticketLists.ts';
import type { TicketPage } from '#shared/contract/methods/tickets.ts';
import { fail, ok } from '#shared/result.ts';
import { deskStore } from '../../store/desk.ts';
import { aTicket, renderOnDesk, testDesk, uuid } from '../fields/testDesk.tsx';
import { TicketsPage } from './TicketsPage.tsx';

const now = Date.now();
const hourMs = 3_600_000;
const aRow = (changes: Partial<TicketRow>): TicketRow => ({
  ...aTicket(),
  customerClass: 'B',
  teamId: 'east',
  ...changes,
});
const late = aRow({ id: uuid(21), no: '1', subject: 'Late', dueAt: now - hourMs });
const soon = aRow({ id: uuid(22), no: null, waiting: true, subject: 'Soon', dueAt: now + hourMs });
const stands = aRow({ id: uuid(23), no: '3', subject: 'Stands', dueAt: null, state: 'waiting' });
const rows = [late, soon, stands];

const view = { ...aTicket(), id: late.id };
const aPage = (ticket: typeof view): TicketPage => ({
  ticket,
  events: [],
  attachments: [],
  related: [],
  mergedInto: null,
  merged: [],
  splitFrom: null,
  splits: [],
  watchers: [],
  mergedEvents: [],
  numberDisplay: null,
});

function open(
  answers: Parameters<typeof testDesk>[0] = {},
  role: 'agent' | 'supervisor' = 'supervisor',
) {
  const desk = testDesk({
    'ticketList.query': ({ from, count }) =>
      ok({ total: rows.length, rows: rows.slice(from, from + count) }),
    'ticketList.ids': () => ok({ total: rows.length, ids: rows.map(({ id }) => id) }),
    'ticketList.tags': () => ok([]),
    'ticketViews.list': () => ok([]),
    'tickets.takers': () =>
      ok([{ id: uuid(31), name: 'Chen Hao', teamId: 'east', state: null, open: 2 }]),
    'tickets.page': () => fail('not-found', 'none'),
    ...answers,
  });
  renderOnDesk(<TicketsPage />, desk.bridge);
  const { session } = deskStore.getState();
  const user = session.user && { ...session.user, role };
  act(() => deskStore.setState({ session: { ...session, user } }));
  return { desk, user: userEvent.setup() };
}

beforeEach(() => {
  window.location.hash = '#/tickets';
});
afterEach(cleanup);

describe('TicketsPage', () => {
  it('shows how each ticket’s next limit stands, and a ticket without a number', async () => {
    open();
    const shown = await screen.findAllByTestId('ticket-row');
    expect(shown.map((row) => row.textContent)).toEqual([
      expect.stringContaining('Late'),
      expect.stringContaining('Number follows'),
      expect.stringContaining('Paused'),
    ]);
    expect(screen.getByTestId('ticket-count').textContent).toBe('3 tickets');
  });

  it('moves with J and K, and opens what it reaches', async () => {
    const { desk, user } = open();
    await screen.findAllByTestId('ticket-row');
    screen.getByTestId('ticket-list').focus();
    await user.keyboard('jj');
    await waitFor(() => expect(window.location.hash).toBe(`#/tickets/${soon.id}`));
    await waitFor(() =>
      expect(desk.inputsOf('tickets.page').at(-1)).toEqual({ ticketId: soon.id }),
    );
    await user.keyboard('k');
    await waitFor(() => expect(window.location.hash).toBe(`#/tickets/${late.id}`));
  });

  it('gives the letters of the list to the open ticket, and comes back from a note with Escape', async () => {
    window.location.hash = `#/tickets/${late.id}`;
    const { desk, user } = open({
      'tickets.page': () => ok(aPage(view)),
      'tickets.step': () => ok(view),
    });
    await screen.findAllByTestId('ticket-row');
    await screen.findByTestId('ticket-steps');
    const list = screen.getByTestId('ticket-list');
    list.focus();
    await user.keyboard('q');
    await waitFor(() => expect(desk.inputsOf('tickets.step')).toHaveLength(1));
    expect(desk.inputsOf('tickets.step')[0]).toMatchObject({ action: 'acknowledge' });
    await user.keyboard('{Enter}');
    expect(document.activeElement).toBe(screen.getByTestId('ticket-note'));
    await user.keyboard('q{Escape}');
    expect(document.activeElement).toBe(list);
    expect(desk.inputsOf('tickets.step')).toHaveLength(1);
  });

  it('filters by words that / leads to, and by a field that a chip takes off again', async () => {
    const { desk, user } = open();
    await screen.findAllByTestId('ticket-row');
    screen.getByTestId('ticket-list').focus();
    await user.keyboard('/');
    expect(document.activeElement).toBe(screen.getByTestId('ticket-filter-text'));
    await user.keyboard('ab');
    await user.click(screen.getByTestId('ticket-filter'));
    await user.click(await screen.findByTestId('filter-part-priorities'));
    await user.click(screen.getByLabelText('Urgent'));
    await waitFor(() =>
      expect(desk.inputsOf('ticketList.query').at(-1)).toMatchObject({
        filter: { text: 'ab', priorities: ['urgent'] },
        from: 0,
      }),
    );
    const chips = () => screen.getAllByTestId('ticket-filter-chip');
    const chip = chips().find((one) => one.textContent === 'Priority: Urgent');
    await user.click(within(chip ?? document.body).getByRole('button'));
    await waitFor(() =>
      expect(desk.inputsOf('ticketList.query').at(-1)).not.toHaveProperty('filter.priorities'),
    );
  });

  it('closes the calendar of a time with Escape, and the filter with the next one', async () => {
    const { user } = open();
    await screen.findAllByTestId('ticket-row');
    await user.click(screen.getByTestId('ticket-filter'));
    await user.click(await screen.findByTestId('filter-part-times'));
    const [box] = within(screen.getByRole('dialog', { name: 'Filter' })).getAllByRole('textbox');
    box?.focus();
    await user.keyboard('{ArrowDown}');
    await screen.findByRole('grid', { name: /20\d\d/ });
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('grid', { name: /20\d\d/ })).toBeNull());
    expect(screen.getByTestId('filter-part-times')).toBeTruthy();
    await waitFor(() => expect(document.activeElement).toBe(box));
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByTestId('filter-part-times')).toBeNull());
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId('ticket-filter')));
  });

  it('sorts by a column, and the other way round', async () => {
    const { desk, user } = open();
    await screen.findAllByTestId('ticket-row');
    await user.click(screen.getByTestId('sort-subject'));
    await user.click(screen.getByTestId('sort-subject'));
    await waitFor(() =>
      expect(desk.inputsOf('ticketList.query').at(-1)).toMatchObject({
        sort: { by: 'subject', descending: true },
      }),
    );
  });

  it('keeps view and columns on this desk', async () => {
    const { desk, user } = open();
    await screen.findAllByTestId('ticket-row');
    await user.click(screen.getByTestId('tickets-all'));
    await user.click(screen.getByTestId('ticket-columns'));
    await user.click(await screen.findByLabelText('Queue'));
    expect(await screen.findByTestId('sort-queue')).toBeTruthy();
    cleanup();
    renderOnDesk(<TicketsPage />, desk.bridge);
    expect(await screen.findByTestId('sort-queue')).toBeTruthy();
    expect(screen.getByTestId('tickets-all').getAttribute('aria-selected')).toBe('true');
  });

  it('says that nothing fits, and what failed', async () => {
    open({ 'ticketList.query': () => ok({ total: 0, rows: [] }) });
    expect(await screen.findByText('No ticket is yours')).toBeTruthy();
    cleanup();
    open({ 'ticketList.query': () => fail('cache-locked', 'locked') });
    expect((await screen.findByRole('alert')).textContent).toContain('The tickets cannot be read');
    expect(screen.getByText('Try again')).toBeTruthy();
  });
});

describe('many tickets at once', () => {
  const result: BulkResult = {
    done: [late.id],
    unchanged: 0,
    refused: [{ ticketId: soon.id, no: null, subject: 'Soon', code: 'state-not-allowed' }],
    undo: [{ ticketIds: [late.id], command: { kind: 'priority', priority: 'normal' } }],
  };

  it('shows what will be, does it, names what stays, and takes it back', async () => {
    const { desk, user } = open({ 'ticketList.bulk': () => ok(result) });
    await screen.findAllByTestId('ticket-row');
    screen.getByTestId('ticket-list').focus();
    await user.keyboard('jxjx');
    expect(screen.getByTestId('bulk-bar').textContent).toContain('2 chosen');
    await user.click(screen.getByTestId('bulk-priority'));
    const first = await screen.findByRole('radio', { name: 'Normal' });
    await waitFor(() => expect(document.activeElement).toBe(first));
    await user.click(await screen.findByLabelText('Urgent'));
    expect((await screen.findByTestId('bulk-preview')).textContent).toContain('Soon');
    await user.click(screen.getByTestId('bulk-go'));
    await user.click(await screen.findByTestId('bulk-undo'));
    await waitFor(() =>
      expect(desk.inputsOf('ticketList.bulk')).toEqual([
        {
          ticketIds: [late.id, soon.id],
          command: { kind: 'priority', priority: 'urgent' },
          preview: true,
        },
        {
          ticketIds: [late.id, soon.id],
          command: { kind: 'priority', priority: 'urgent' },
          preview: false,
        },
        { ticketIds: [late.id], command: { kind: 'priority', priority: 'normal' }, preview: false },
      ]),
    );
  });

  it('is not there for who may not', async () => {
    const { user } = open({}, 'agent');
    await screen.findAllByTestId('ticket-row');
    screen.getByTestId('ticket-list').focus();
    await user.keyboard('jx');
    expect(screen.queryByTestId('bulk-bar')).toBeNull();
    expect(screen.queryByRole('checkbox')).toBeNull();
  });
});
