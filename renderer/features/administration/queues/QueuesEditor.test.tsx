import { cleanup, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, expect, it } from 'vitest';
import { settingProblem } from '#shared/domain/settings/parts.ts';
import { ok } from '#shared/result.ts';
import { defaultConfiguration } from '#shared/sample/configuration.ts';
import { practiceUsers } from '#shared/sample/practiceUsers.ts';
import type { UserAccount } from '#shared/sync/users.ts';
import { renderOnDesk, testDesk } from '../../fields/testDesk.tsx';
import { QueuesEditor } from './QueuesEditor.tsx';

const held = defaultConfiguration;
let now = held;

function Held() {
  const [value, setValue] = useState(held);
  now = value;
  return <QueuesEditor value={value} held={held} onChange={setValue} />;
}

const people = practiceUsers.map(
  ({ id, login, name, role, teamId, extension, queueIds }): UserAccount => ({
    ...{ id, login, name, role, teamId, extension, queueIds: [...queueIds], active: true },
    ...{ hasPhonePassword: false, lastSignInAt: null, oneTimeUntil: null, isSignedIn: false },
  }),
);
const takers = people.filter(({ queueIds }) => queueIds.includes('sales')).length;

function open() {
  renderOnDesk(<Held />, testDesk({ 'users.list': () => ok(people) }).bridge);
  return userEvent.setup();
}

const row = (at: number) => {
  const found = screen.getAllByTestId('queue-row')[at];
  if (!found) throw new Error(`no queue in line ${at}`);
  return within(found);
};
const ids = () => now.queues.map(({ id, retired }) => (retired ? `${id} retired` : id));
const problem = () => settingProblem('configuration', now, held);

afterEach(cleanup);

it('adds a queue, and tells at the field what is wrong with it', async () => {
  const user = open();
  await user.click(screen.getByTestId('add-queue'));
  const id = row(4).getByTestId('queue-id');
  expect(document.activeElement).toBe(id);
  // Nothing was typed yet: nothing is held against it.
  expect(row(4).queryByText('This is missing')).toBeNull();
  await user.type(id, 'Support');
  expect(row(4).getByText('Another line has this already')).toBeTruthy();
  await user.clear(id);
  await user.type(id, '售后');
  expect(row(4).getByText(/Letters, digits/u)).toBeTruthy();
  await user.clear(id);
  await user.type(id, 'vip');
  await user.tab();
  await user.tab();
  expect(row(4).getByTestId('queue-en').getAttribute('aria-invalid')).toBe('true');
  expect(problem()?.message).toBe('missing');
  await user.type(row(4).getByTestId('queue-en'), 'Key accounts');
  await user.type(row(4).getByTestId('queue-zh-CN'), '大客户');
  await user.click(row(4).getByTestId('queue-auto-answer'));
  expect(problem()).toBeNull();
  expect(now.queues.at(-1)).toEqual({
    ...{ id: 'vip', name: { en: 'Key accounts', 'zh-CN': '大客户' } },
    ...{ afterCallMs: 60_000, autoAnswer: true },
  });
});

it('keeps the last good time for the wrap-up while another one is typed', async () => {
  const user = open();
  const time = row(0).getByTestId('queue-after-call');
  await user.clear(time);
  expect(row(0).getByText('5 to 3600 seconds')).toBeTruthy();
  await user.type(time, '4');
  expect(time.getAttribute('aria-invalid')).toBe('true');
  expect(now.queues[0]?.afterCallMs).toBe(60_000);
  await user.type(time, '5');
  expect(now.queues[0]?.afterCallMs).toBe(45_000);
});

it('orders queues by key, and the focus goes with the line', async () => {
  const user = open();
  row(1).getByRole('button', { name: 'Move up: Orders and billing' }).focus();
  await user.keyboard('{Enter}');
  expect(ids()).toEqual(['orders', 'support', 'sales', 'urgent']);
  // The first one can go no further up.
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Move down: Orders and billing');
  await user.keyboard('{Enter}');
  expect(ids()).toEqual(['support', 'orders', 'sales', 'urgent']);
});

it('keeps a saved id; retires the queue, and offers it again', async () => {
  const user = open();
  expect(row(2).getByTestId('queue-id').tagName).toBe('SPAN');
  expect(row(2).queryByTestId('queue-remove')).toBeNull();
  row(2).getByTestId('queue-retire').focus();
  await user.keyboard('{Enter}');
  expect(ids()).toEqual(['support', 'orders', 'sales retired', 'urgent']);
  expect(screen.getAllByTestId('queue-row')).toHaveLength(3);
  const past = within(screen.getByTestId('retired-queue'));
  expect(past.getByText(`${takers} people still take it`)).toBeTruthy();
  expect(document.activeElement).toBe(past.getByTestId('queue-offer'));
  await user.keyboard('{Enter}');
  expect(ids()).toEqual(['support', 'orders', 'urgent', 'sales']);
  expect(now.queues.at(-1)).toEqual(held.queues[2]);
});

it('takes out what was never saved', async () => {
  const user = open();
  await user.click(screen.getByTestId('add-queue'));
  await user.click(row(4).getByTestId('queue-remove'));
  expect(now.queues).toEqual(held.queues);
  expect(document.activeElement).toBe(screen.getByTestId('add-queue'));
});
