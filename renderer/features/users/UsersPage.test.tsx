import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fail, ok } from '#shared/result.ts';
import type { UserAccount } from '#shared/sync/users.ts';
import { deskStore } from '../../store/desk.ts';
import { windowStore } from '../../store/window.ts';
import { renderOnDesk, testDesk, uuid } from '../fields/testDesk.tsx';
import { forgetSecret } from '../integrations/secretStore.ts';
import { UsersPage } from './UsersPage.tsx';

const own: UserAccount = {
  id: uuid(900),
  login: 'priya',
  name: 'Priya Nair',
  role: 'administrator',
  teamId: null,
  extension: '2041',
  queueIds: ['support'],
  active: true,
  hasPhonePassword: true,
  lastSignInAt: 1_000,
  oneTimeUntil: null,
  isSignedIn: true,
};
const maria: UserAccount = {
  ...own,
  id: uuid(901),
  login: 'maria',
  name: 'Maria Keller',
  role: 'agent',
  teamId: 'east',
  extension: '2042',
  isSignedIn: false,
};
const gone: UserAccount = { ...maria, id: uuid(902), login: 'gone', name: 'Gone', active: false };
const password = 'k7pm-x2fd-9hqa';

beforeEach(forgetSecret);
afterEach(cleanup);

function open(hash: string, answers: Parameters<typeof testDesk>[0]) {
  window.location.hash = hash;
  const desk = testDesk({ 'users.list': () => ok([own, maria, gone]), ...answers });
  renderOnDesk(<UsersPage />, desk.bridge);
  return { desk, user: userEvent.setup() };
}

it('lists who is active, and finds by name, login, extension or team', async () => {
  const { user } = open('#/users', {});
  await waitFor(() => expect(screen.getAllByTestId('user-row')).toHaveLength(2));
  await user.type(screen.getByTestId('user-search'), 'EAST 2042');
  expect(screen.getAllByTestId('user-row').map((row) => row.textContent)).toEqual([
    expect.stringContaining('Maria Keller maria'),
  ]);
  await user.clear(screen.getByTestId('user-search'));
  await user.click(screen.getByText('Deactivated', { selector: 'span' }));
  expect(screen.getByTestId('user-row').getAttribute('data-state')).toBe('left');
});

it('says at the field what is wrong, makes somebody, and shows the password until it is stored', async () => {
  const { desk, user } = open('#/users/new', {
    'users.create': (made) => ok({ user: { ...maria, ...made }, password, until: 5_000 }),
  });
  expect(await screen.findByTestId('user-login')).toBe(document.activeElement);
  await user.keyboard('MARIA');
  await user.type(screen.getByTestId('user-extension'), '2042');
  await user.click(screen.getByTestId('user-save'));
  expect(screen.getByTestId('fields-left').textContent).toBe('3 fields left');
  for (const words of ['Somebody has this login, or had it', 'Needed', 'Somebody else has it']) {
    expect(screen.getByTestId('user-form').textContent).toContain(words);
  }
  expect(desk.inputsOf('users.create')).toEqual([]);
  await user.type(screen.getByTestId('user-login'), '.2');
  await user.type(screen.getByTestId('user-name'), 'Maria the second');
  await user.type(screen.getByTestId('user-extension'), '0');
  await user.type(screen.getByTestId('user-phone-password'), 'sip secret');
  await user.selectOptions(screen.getByTestId('user-team'), 'east');
  await user.click(screen.getByTestId('user-queue-support'));
  await user.click(screen.getByTestId('user-save'));
  const shown = await screen.findByTestId('secret-shown');
  expect(within(shown).getByTestId('secret')).toHaveProperty('value', password);
  expect(desk.inputsOf('users.create')).toEqual([
    {
      ...{ login: 'MARIA.2', name: 'Maria the second', role: 'agent', teamId: 'east' },
      ...{ extension: '20420', queueIds: ['support'], phonePassword: 'sip secret' },
    },
  ]);
  await user.click(screen.getByTestId('secret-stored'));
  expect(screen.queryByTestId('secret-shown')).toBeNull();
});

it('sends only what was changed', async () => {
  const { desk, user } = open(`#/users/${maria.id}`, {
    'users.change': ({ change }) => ok({ ...maria, name: change.name ?? maria.name }),
  });
  await user.type(await screen.findByTestId('user-name'), ' 2');
  await user.selectOptions(screen.getByTestId('user-role'), 'supervisor');
  await user.click(screen.getByTestId('user-save'));
  await waitFor(() => expect(window.location.hash).toBe('#/users'));
  expect(desk.inputsOf('users.change')).toEqual([
    { userId: maria.id, change: { name: 'Maria Keller 2', role: 'supervisor' } },
  ]);
});

it('says that another extension of somebody who works counts from the next sign-in', async () => {
  const { user } = open(`#/users/${maria.id}`, {
    'users.change': ({ change }) =>
      ok({ ...maria, extension: change.extension ?? null, isSignedIn: true }),
  });
  await user.type(await screen.findByTestId('user-extension'), '0');
  await user.click(screen.getByTestId('user-save'));
  await waitFor(() => expect(window.location.hash).toBe('#/users'));
  expect(windowStore.getState().toasts.map(({ text }) => text)).toEqual([
    expect.stringContaining('counts from the next sign-in'),
  ]);
});

it('asks before somebody is deactivated; one’s own account is left alone', async () => {
  const { desk, user } = open(`#/users/${maria.id}`, {
    'users.deactivate': () => ok({ ...maria, active: false }),
  });
  await user.click(await screen.findByTestId('user-deactivate'));
  expect(screen.getByTestId('asked-no')).toBe(document.activeElement);
  await user.keyboard('{Escape}');
  await user.click(screen.getByTestId('user-deactivate'));
  await user.click(screen.getByTestId('asked-yes'));
  expect(desk.inputsOf('users.deactivate')).toEqual([{ userId: maria.id }]);
  act(() => {
    window.location.hash = `#/users/${own.id}`;
    window.dispatchEvent(new HashChangeEvent('hashchange'));
  });
  await screen.findByText(/This is your own account/u);
  expect(screen.queryByTestId('user-deactivate')).toBeNull();
  await user.selectOptions(screen.getByTestId('user-role'), 'agent');
  await user.click(screen.getByTestId('user-save'));
  expect(screen.getByTestId('user-form').textContent).toContain('The last administrator');
});

it('keeps what was typed where the server is away, and says so in one line', async () => {
  let away = false;
  const { user } = open(`#/users/${maria.id}`, {
    'users.list': () => (away ? fail('server-unreachable', 'no answer') : ok([own, maria])),
    'users.change': () => fail('server-unreachable', 'no answer'),
    'users.resetPassword': () => fail('server-unreachable', 'no answer'),
  });
  await user.type(await screen.findByTestId('user-name'), ' 2');
  away = true;
  await user.click(screen.getByTestId('user-save'));
  await screen.findByText(/The server cannot be reached\. Check/u);
  expect(screen.getByTestId('user-name')).toHaveProperty('value', 'Maria Keller 2');
});

it('reads again when the server is back', async () => {
  let names = [own];
  open('#/users', { 'users.list': () => ok(names) });
  await screen.findByTestId('user-row');
  const isOffline = (state: 'offline' | 'online') =>
    act(() => deskStore.setState(({ sync }) => ({ sync: { ...sync, state } })));
  isOffline('offline');
  expect(screen.getByTestId('users-away').textContent).toContain('nothing can be changed');
  names = [own, maria];
  isOffline('online');
  await waitFor(() => expect(screen.getAllByTestId('user-row')).toHaveLength(2));
  expect(screen.queryByTestId('users-away')).toBeNull();
});

it('says that the people cannot be shown, and asks again when told', async () => {
  let away = true;
  const { user } = open('#/users', {
    'users.list': () => (away ? fail('server-unreachable', 'no answer') : ok([own])),
  });
  await screen.findByText('The people cannot be shown');
  away = false;
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  await screen.findByTestId('user-row');
});
