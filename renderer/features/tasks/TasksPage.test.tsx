import { cleanup, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ListedTask } from '#shared/contract/methods/tasks.ts';
import { ok } from '#shared/result.ts';
import { usualFieldsOf } from '#shared/sync/usual.ts';
import { renderOnDesk, testDesk, uuid } from '../fields/testDesk.tsx';
import { TasksPage } from './TasksPage.tsx';

const task: ListedTask = {
  ...usualFieldsOf('task'),
  id: uuid(5),
  kind: 'callBack',
  title: 'Price of a filter',
  customerId: null,
  customerName: 'Jonas Albrecht',
  numberRaw: null,
  callId: null,
  ticketId: null,
  createdAt: 900_000,
  ownerId: uuid(900),
  ownerName: 'Priya Nair',
  dueAt: 1_000_000,
  state: 'open',
  waiting: false,
  numberDisplay: null,
};
const calling = { callHours: null, doNotCall: false, asks: null, nextAt: 0, number: null };

beforeEach(() => {
  window.location.hash = '#/tasks';
});
afterEach(cleanup);

it('goes on in the task that was opened, and back at its line with Escape', async () => {
  const { bridge } = testDesk({
    'tasks.view': () => ok({ tasks: [task], total: 1 }),
    'tasks.get': () => ok({ task, calling }),
  });
  renderOnDesk(<TasksPage />, bridge);
  const user = userEvent.setup();
  const line = await screen.findByRole('link', { name: task.title });
  line.focus();
  await user.keyboard('{Enter}');
  const panel = await screen.findByTestId('task-panel');
  const beside = panel.closest('[tabindex="-1"]');
  expect(beside).not.toBeNull();
  expect(document.activeElement).toBe(beside);
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByTestId('task-panel')).toBeNull());
  expect(document.activeElement).toBe(line);
});
