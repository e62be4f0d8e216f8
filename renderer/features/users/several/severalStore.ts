import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { OutputOf } from '#shared/contract/contract.ts';
import type { TableRow } from '#shared/domain/users/userTable.ts';
import type { Failure, Result } from '#shared/result.ts';
import type { NewUser } from '#shared/sync/users.ts';

export interface SeveralRow extends TableRow {
  /** The one-time password of who was made. */
  password: string | null;
  failure: Failure | null;
}

export interface Several {
  /** Whose work it is: nobody else sees the passwords. */
  userId: string;
  rows: readonly SeveralRow[];
  /** Heads of columns of which nothing was read. */
  unread: readonly string[];
  state: 'looked' | 'going' | 'stopped' | 'done';
}

/** Outside of the page, so that a call that rings meanwhile loses no password. */
const store = createStore<{ several: Several | null }>(() => ({ several: null }));

export function useSeveral(userId: string | null): Several | null {
  const several = useStore(store, (state) => state.several);
  return several?.userId === userId ? several : null;
}

export function lookAt(userId: string, rows: readonly TableRow[], unread: readonly string[]): void {
  const shown = rows.map((row) => ({ ...row, password: null, failure: null }));
  store.setState({ several: { userId, rows: shown, unread, state: 'looked' } });
}

export function forgetSeveral(): void {
  store.setState({ several: null });
}

/** After the person at hand. */
export function stopSeveral(): void {
  put({ state: 'stopped' });
}

function put(change: Partial<Several>): void {
  const { several } = store.getState();
  if (several) store.setState({ several: { ...several, ...change } });
}

function putRow(line: number, change: Partial<SeveralRow>): void {
  const rows = store.getState().several?.rows ?? [];
  put({ rows: rows.map((row) => (row.line === line ? { ...row, ...change } : row)) });
}

export function isRight({ problems }: SeveralRow): boolean {
  return problems.length === 0;
}

/** Those that are right and not made yet. */
function isLeft(row: SeveralRow): boolean {
  return isRight(row) && row.password === null && !isRefused(row);
}

/** What is wrong with one person, and not with the line or the right to do it. */
const ofOnePerson = new Set(['login-taken', 'extension-taken', 'invalid-input']);

function isRefused({ failure }: SeveralRow): boolean {
  return failure !== null && ofOnePerson.has(failure.code);
}

type Create = (made: NewUser) => Promise<Result<OutputOf<'users.create'>>>;

/** Makes one after the other those who are right; stops where nobody could be made. */
export async function makeSeveral(create: Create): Promise<void> {
  const begun = store.getState().several;
  if (!begun || begun.state === 'going') return;
  put({ state: 'going' });
  const { userId } = begun;
  for (;;) {
    const { several } = store.getState();
    if (several?.userId !== userId || several.state !== 'going') return;
    const row = several.rows.find(isLeft);
    if (!row) return put({ state: 'done' });
    const made = await create(row.draft);
    if (made.ok) putRow(row.line, { password: made.value.password, failure: null });
    else putRow(row.line, { failure: made.error });
    if (!made.ok && !ofOnePerson.has(made.error.code)) return put({ state: 'stopped' });
  }
}
