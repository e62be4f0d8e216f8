import { cleanup, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useRef, useState } from 'react';
import { afterEach, expect, it } from 'vitest';
import type { Bridge } from '#shared/contract/bridge.ts';
import { ok } from '#shared/result.ts';
import { aTicket, renderOnDesk, testDesk } from '../fields/testDesk.tsx';
import { Compose } from './Compose.tsx';

const ticket = aTicket();

afterEach(cleanup);

/** As the page has it: each note that was sent is followed by a new form. */
function Page() {
  const [sent, setSent] = useState(0);
  const list = useRef<HTMLButtonElement>(null);
  return (
    <>
      <button type="button" ref={list} data-testid="list" />
      <Compose
        key={sent}
        ticket={ticket}
        areaRef={useRef(null)}
        wanted={{ kind: 'note', round: 0 }}
        onLeave={() => list.current?.focus()}
        onSent={() => setSent(sent + 1)}
      />
      <input data-testid="elsewhere" />
    </>
  );
}

const noteIs = (text: string) =>
  waitFor(() => expect(screen.getByTestId<HTMLTextAreaElement>('ticket-note').value).toBe(text));

it('gives the focus back to the list once a note is sent by key', async () => {
  const desk = testDesk({ 'tickets.note': () => ok({ ticket, events: [] }) });
  renderOnDesk(<Page />, desk.bridge);
  const user = userEvent.setup();
  await user.type(screen.getByTestId('ticket-note'), 'Valve worn{Control>}{Enter}{/Control}');
  await noteIs('');
  expect(desk.inputsOf('tickets.note')).toEqual([{ ticketId: ticket.id, note: 'Valve worn' }]);
  expect(document.activeElement).toBe(screen.getByTestId('list'));
});

it('leaves the focus where the agent went meanwhile', async () => {
  let arrive: () => void = () => undefined;
  const underWay = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const desk = testDesk({ 'tickets.note': () => ok({ ticket, events: [] }) });
  const slow: Bridge = {
    ...desk.bridge,
    invoke: async (name, input) => {
      if (name === 'tickets.note') await underWay;
      return desk.bridge.invoke(name, input);
    },
  };
  renderOnDesk(<Page />, slow);
  const user = userEvent.setup();
  await user.type(screen.getByTestId('ticket-note'), 'Valve worn{Control>}{Enter}{/Control}');
  await user.click(screen.getByTestId('elsewhere'));
  arrive();
  await noteIs('');
  expect(document.activeElement).toBe(screen.getByTestId('elsewhere'));
});
