import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ok } from '#shared/result.ts';
import { aTicket, renderOnDesk, testDesk } from '../fields/testDesk.tsx';
import { EditTicket } from './EditTicket.tsx';

const ticket = aTicket({ tags: ['boiler'] });

async function open() {
  const desk = testDesk({ 'tickets.change': () => ok(ticket) });
  const onClose = vi.fn();
  renderOnDesk(<EditTicket ticket={ticket} opened onClose={onClose} />, desk.bridge);
  await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId('edit-subject')));
  return { desk, onClose, user: userEvent.setup() };
}

afterEach(cleanup);

describe('EditTicket', () => {
  it('sends what was changed and nothing else', async () => {
    const { desk, onClose, user } = await open();
    fireEvent.change(screen.getByTestId('edit-subject'), { target: { value: 'Cold water' } });
    await user.selectOptions(screen.getByTestId('edit-type'), 'Complaint');
    await user.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
    expect(desk.inputsOf('tickets.change')).toEqual([
      { ticketId: ticket.id, change: { subject: 'Cold water', type: 'complaint' } },
    ]);
  });

  it.each([
    ['edit-subject', ' '],
    ['edit-description', 'x'.repeat(100_001)],
    ['edit-promised', '2-30'],
  ])('saves nothing while %s does not fit', async (field, value) => {
    const { desk, user } = await open();
    fireEvent.change(screen.getByTestId(field), { target: { value } });
    await user.click(screen.getByTestId('edit-save'));
    expect(desk.inputsOf('tickets.change')).toEqual([]);
  });
});
