import { cleanup, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fail, ok, type Result } from '#shared/result.ts';
import type { CreatedUser, NewUser, UserAccount } from '#shared/sync/users.ts';
import { renderOnDesk, testDesk, uuid } from '../../fields/testDesk.tsx';
import { csvOf, passwordLines, tabsOf } from './passwordFile.ts';
import { SeveralUsers } from './SeveralUsers.tsx';
import { forgetSeveral, type SeveralRow } from './severalStore.ts';

const own: UserAccount = {
  id: uuid(900),
  login: 'priya',
  name: 'Priya Nair',
  role: 'administrator',
  teamId: 'east',
  extension: null,
  queueIds: [],
  active: true,
  hasPhonePassword: false,
  lastSignInAt: null,
  oneTimeUntil: null,
  isSignedIn: true,
};

beforeEach(forgetSeveral);
afterEach(cleanup);

function open(create: (made: NewUser) => Result<CreatedUser>) {
  const desk = testDesk({ 'users.create': create });
  renderOnDesk(<SeveralUsers people={[own]} />, desk.bridge);
  return { desk, user: userEvent.setup() };
}

async function paste(user: ReturnType<typeof userEvent.setup>, table: string): Promise<void> {
  await user.click(screen.getByTestId('several-table'));
  await user.paste(table);
  await user.click(screen.getByTestId('several-look'));
}

function created(made: NewUser): Result<CreatedUser> {
  const { phonePassword: _, ...fields } = made;
  const user = { ...own, ...fields, id: uuid(1) };
  return ok({ user, password: `one-time-${made.login}`, until: 5_000 });
}

it('shows what is wrong in which row, makes those who are right, and keeps their passwords in sight', async () => {
  let away = true;
  const { desk, user } = open((made) => {
    if (made.login === 'taken') return fail('login-taken', 'login: taken');
    if (made.login !== 'last' || !away) return created(made);
    away = false;
    return fail('server-unreachable', 'no answer');
  });
  await paste(user, 'first,"The first');
  expect(screen.getByTestId('several-input').textContent).toContain('none closes it');
  await user.clear(screen.getByTestId('several-table'));
  await paste(
    user,
    'Login\tName\tTeam\tRolle\nfirst\tThe first\teast\t\npriya\tOnce more\t\t\ntaken\tTaken\t\t\nlast\tThe last\t\t\n',
  );
  expect(screen.getByTestId('several-state').textContent).toBe('3 right, 1 with something wrong');
  expect(screen.getAllByTestId('several-row').map((row) => row.dataset.right)).toEqual([
    'true',
    'false',
    'true',
    'true',
  ]);
  await user.click(screen.getByTestId('several-make'));
  await waitFor(() => expect(screen.getByTestId('several-state').dataset.state).toBe('stopped'));
  expect(screen.getByTestId('several-rows').textContent).toContain('The server cannot be reached');
  await user.click(screen.getByTestId('several-make'));
  await waitFor(() => expect(screen.getByTestId('several-state').dataset.state).toBe('done'));
  expect(screen.getByTestId('several-state').textContent).toBe('Done: 2 of 3 added');
  expect(screen.getAllByTestId('several-password').map((one) => one.textContent)).toEqual([
    'one-time-first',
    'one-time-last',
  ]);
  expect(desk.inputsOf('users.create').map((one) => (one as NewUser).login)).toEqual([
    'first',
    'taken',
    'last',
    'last',
  ]);
});

it('reads the extension under its short name, names queues, and says what it passed over', async () => {
  const { user } = open(created);
  await paste(user, 'Login\tName\t分机\tQueues\tRolle\nfirst\tThe first\t2071\tsupport\tagent\n');
  const row = screen.getByTestId('several-row').textContent;
  expect(row).toContain('2071');
  expect(row).toContain('After-sales service');
  expect(screen.getByTestId('several-unread').textContent).toContain('Rolle');
});

it('hands passwords over as text, whatever a name begins with', () => {
  const row = {
    draft: { login: 'x', name: '=1+1, "x"' },
    password: 'k7pm-x2fd-9hqa',
  } as unknown as SeveralRow;
  const lines = passwordLines([row, { ...row, password: null }], ['Login', 'Name', 'Password']);
  expect(csvOf(lines)).toBe('\ufeffLogin,Name,Password\r\nx,"\'=1+1, ""x""",k7pm-x2fd-9hqa\r\n');
  expect(tabsOf(lines)).toBe('Login\tName\tPassword\nx\t\'=1+1, "x"\tk7pm-x2fd-9hqa');
});
