import { isStorable } from '../primitives.ts';
import type { User } from '../user.ts';
import { isLogin, loginKey } from './login.ts';

export type UserDraft = Omit<User, 'active'>;
export type UserField = keyof UserDraft;
export type KnownPerson = User & { id: string };

/**
 * - `missing`: it is needed;
 * - `form`: it is not written as it has to be;
 * - `taken`: somebody else has it;
 * - `unknown`: there is no such team or queue;
 * - `lastAdministrator`: nobody would be left who may manage users.
 */
export type UserProblem = 'missing' | 'form' | 'taken' | 'unknown' | 'lastAdministrator';

export interface FieldProblem {
  field: UserField;
  problem: UserProblem;
}

/** What a user is held against. */
export interface Centre {
  /** Everybody who has or had an account. */
  people: readonly KnownPerson[];
  teamIds: ReadonlySet<string>;
  /** Those that are offered; whoever takes a retired one keeps it. */
  queueIds: ReadonlySet<string>;
}

export const longestName = 100;
const extensionForm = /^\d{1,16}$/;

/** What speaks against a new user, or (`before`) against a change: what stays as it was is not held against anybody. */
export function problemsOfUser(
  draft: UserDraft,
  before: KnownPerson | null,
  centre: Centre,
): FieldProblem[] {
  const found: FieldProblem[] = [];
  const check = (field: UserField, problem: UserProblem | null) => {
    const isSame =
      before !== null && JSON.stringify(before[field]) === JSON.stringify(draft[field]);
    if (problem !== null && !isSame) found.push({ field, problem });
  };
  const others = centre.people.filter(({ id }) => id !== before?.id);
  check('login', problemOfLogin(draft.login, others));
  check('name', problemOfName(draft.name));
  check('role', before && problemOfRole({ ...before, role: draft.role }, others));
  check('teamId', draft.teamId === null || centre.teamIds.has(draft.teamId) ? null : 'unknown');
  const isActive = before?.active ?? true;
  check('extension', problemOfExtension(draft.extension, isActive ? others : []));
  const queues = new Set([...centre.queueIds, ...(before?.queueIds ?? [])]);
  check('queueIds', problemOfQueues(draft.queueIds, queues));
  return found;
}

/** Why somebody cannot be deactivated; null: nothing speaks against it. */
export function problemOfLeaving(
  person: KnownPerson,
  { people, byId }: { people: readonly KnownPerson[]; byId: string },
): 'self' | 'lastAdministrator' | null {
  const others = people.filter(({ id }) => id !== person.id);
  if (problemOfRole({ ...person, active: false }, others)) return 'lastAdministrator';
  return person.id === byId ? 'self' : null;
}

/** Whether somebody who comes back still has the extension for themselves. */
export function problemOfReturning(
  person: KnownPerson,
  people: readonly KnownPerson[],
): FieldProblem | null {
  const others = people.filter(({ id }) => id !== person.id);
  const problem = problemOfExtension(person.extension, others);
  return problem === 'taken' ? { field: 'extension', problem } : null;
}

function problemOfLogin(login: string, others: readonly KnownPerson[]): UserProblem | null {
  if (login === '') return 'missing';
  if (!isLogin(login)) return 'form';
  const key = loginKey(login);
  return others.some((other) => loginKey(other.login) === key) ? 'taken' : null;
}

function problemOfName(name: string): UserProblem | null {
  if (name.trim() === '') return 'missing';
  return isStorable(name) && name.length <= longestName ? null : 'form';
}

function problemOfRole(after: KnownPerson, others: readonly KnownPerson[]): UserProblem | null {
  const isLeft = [after, ...others].some(({ active, role }) => active && role === 'administrator');
  return isLeft ? null : 'lastAdministrator';
}

function problemOfExtension(
  extension: string | null,
  others: readonly KnownPerson[],
): UserProblem | null {
  if (extension === null) return null;
  if (!extensionForm.test(extension)) return 'form';
  const isTaken = others.some((other) => other.active && other.extension === extension);
  return isTaken ? 'taken' : null;
}

function problemOfQueues(
  wanted: readonly string[],
  known: ReadonlySet<string>,
): UserProblem | null {
  if (wanted.some((id) => !known.has(id))) return 'unknown';
  return new Set(wanted).size === wanted.length ? null : 'form';
}
