import { cleanup, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import { ok } from '#shared/result.ts';
import { aTicket, renderOnDesk, testDesk, uuid } from '../fields/testDesk.tsx';
import { LinkDialog } from './LinkDialog.tsx';

const ticket = aTicket();
const found = [31, 32, 33].map((number) => aTicket({ id: uuid(number), subject: `No ${number}` }));

afterEach(cleanup);

it('chooses another ticket by the arrows of the box it is searched in, and by a click', async () => {
  const desk = testDesk({ 'tickets.find': () => ok(found), 'tickets.relate': () => ok(ticket) });
  const onClose = vi.fn();
  renderOnDesk(<LinkDialog ticket={ticket} opened onClose={onClose} />, desk.bridge);
  const options = await screen.findAllByTestId('ticket-link-choice');
  const box = screen.getByTestId('ticket-link-find');
  await waitFor(() => expect(document.activeElement).toBe(box));
  const chosen = () => options.filter((one) => one.getAttribute('aria-selected') === 'true');
  const user = userEvent.setup();
  expect(chosen()).toEqual([]);
  await user.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}{ArrowDown}{ArrowUp}');
  expect(chosen()).toEqual([options[1]]);
  expect(box.getAttribute('aria-activedescendant')).toBe(options[1]?.id);
  if (options[0]) await user.click(options[0]);
  expect(chosen()).toEqual([options[0]]);
  box.focus();
  await user.keyboard('{Enter}');
  await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
  expect(desk.inputsOf('tickets.relate')).toEqual([
    { ticketId: ticket.id, otherId: uuid(31), on: true },
  ]);
});
