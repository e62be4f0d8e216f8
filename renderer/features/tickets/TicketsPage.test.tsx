import { cleanup, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fail, ok } from '#shared/result.ts';
import { aTicket, renderOnDesk, testDesk, uuid } from '../fields/testDesk.tsx';
import { TicketsPage } from './TicketsPage.tsx';

const now = Date.now();
const hourMs = 3_600_000;
const late = aTicket({ id: uuid(21), no: '1', subject: 'Late', dueAt: now - hourMs });
const soon = aTicket({
  id: uuid(22),
  no: null,
  waiting: true,
  subject: 'Soon',
  dueAt: now + hourMs,
});

function open(answers: Parameters<typeof testDesk>[0] = {}) {
  const desk = testDesk({
    'tickets.list': () => ok([soon, late]),
    'tickets.get': ({ ticketId }) => ok({ ticket: ticketId === late.id ? late : soon, events: [] }),
    'tickets.note': () => ok({ ticket: soon, events: [] }),
    ...answers,
  });
  renderOnDesk(<TicketsPage />, desk.bridge);
  return { desk, user: userEvent.setup() };
}

beforeEach(() => {
  window.location.hash = '#/tickets';
});
afterEach(cleanup);

describe('TicketsPage', () => {
  it('lists by time left and marks a ticket without a number', async () => {
    open();
    const rows = await screen.findAllByTestId('ticket-row');
    expect(rows.map((row) => row.textContent)).toEqual([
      expect.stringContaining('Late'),
      expect.stringContaining('Number follows'),
    ]);
  });

  it('moves with J and K, opens with Enter, and adds a note', async () => {
    const { desk, user } = open();
    await screen.findAllByTestId('ticket-row');
    screen.getByTestId('ticket-list').focus();
    await user.keyboard('jj');
    await waitFor(() => expect(window.location.hash).toBe(`#/tickets/${soon.id}`));
    const note = await screen.findByTestId('ticket-note');
    await user.keyboard('{Enter}');
    expect(document.activeElement).toBe(note);
    await user.keyboard('{Control>}{Enter}{/Control}');
    expect(screen.getByText('Write the note first')).toBeTruthy();
    await user.keyboard('Called back{Control>}{Enter}{/Control}');
    await waitFor(() =>
      expect(desk.inputsOf('tickets.note')).toEqual([{ ticketId: soon.id, note: 'Called back' }]),
    );
    await waitFor(() =>
      expect(screen.getByTestId<HTMLTextAreaElement>('ticket-note').value).toBe(''),
    );
  });

  it('says that a view is empty, and reads another', async () => {
    const { desk, user } = open({
      'tickets.list': ({ view }) => ok(view === 'mine' ? [] : [late]),
    });
    expect(await screen.findByText('No ticket is yours')).toBeTruthy();
    await user.click(screen.getByTestId('tickets-all'));
    expect(await screen.findAllByTestId('ticket-row')).toHaveLength(1);
    expect(desk.inputsOf('tickets.list')).toMatchObject([{ view: 'mine' }, { view: 'all' }]);
  });

  it('says what failed and offers to try again', async () => {
    open({ 'tickets.list': () => fail('cache-locked', 'locked') });
    expect((await screen.findByRole('alert')).textContent).toContain('The tickets cannot be read');
    expect(screen.getByText('Try again')).toBeTruthy();
  });
});
