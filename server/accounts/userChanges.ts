import type { ErrorCode } from '#shared/contract/errors.ts';
import type { User } from '#shared/domain/user.ts';
import type { FieldProblem } from '#shared/domain/users/userRules.ts';
import { fail, type Result } from '#shared/result.ts';
import type { UserAccount, UserChange } from '#shared/sync/users.ts';
import type { AccountState } from '../store/accounts.ts';
import type { KnownUser } from '../store/users.ts';

type Fields = Omit<User, 'active'>;

/** The first thing that speaks against it, with its field; null: nothing does. */
export function refusalOf(problems: readonly FieldProblem[]): Result<never> | null {
  const [first] = problems;
  return first ? fail(codeOf(first), `${first.field}: ${first.problem}`) : null;
}

function codeOf({ field, problem }: FieldProblem): ErrorCode {
  if (problem === 'lastAdministrator') return 'last-administrator';
  if (problem === 'taken' && field === 'login') return 'login-taken';
  return problem === 'taken' ? 'extension-taken' : 'invalid-input';
}

/** What a user would be with a change. */
export function withChange(
  before: KnownUser,
  { login, name, role, teamId, extension, queueIds }: UserChange,
): KnownUser {
  return {
    ...before,
    login: login ?? before.login,
    name: name ?? before.name,
    role: role ?? before.role,
    teamId: teamId === undefined ? before.teamId : teamId,
    extension: extension === undefined ? before.extension : extension,
    queueIds: queueIds ?? before.queueIds,
  };
}

/** The fields that are another. */
export function differences(before: KnownUser, after: KnownUser): Partial<Fields> {
  const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
  return {
    ...(after.login === before.login ? {} : { login: after.login }),
    ...(after.name === before.name ? {} : { name: after.name }),
    ...(after.role === before.role ? {} : { role: after.role }),
    ...(after.teamId === before.teamId ? {} : { teamId: after.teamId }),
    ...(after.extension === before.extension ? {} : { extension: after.extension }),
    ...(isSame(after.queueIds, before.queueIds) ? {} : { queueIds: after.queueIds }),
  };
}

/** For the audit: `role agent, extension 2041`, and before the new value the old one where there was one. */
export function wordsOf(fields: Partial<Fields>, before?: Fields): string {
  return Object.entries(fields)
    .map(([name, value]) => {
      const former = before?.[name as keyof Fields];
      const from = before ? `${wordOf(former)} → ` : '';
      return `${name} ${from}${wordOf(value)}`;
    })
    .join(', ');
}

function wordOf(value: unknown): string {
  return Array.isArray(value) ? `[${value.join(' ')}]` : String(value ?? '–');
}

export function viewOf(user: KnownUser, state: AccountState | undefined): UserAccount {
  return {
    ...user,
    hasPhonePassword: state?.hasPhonePassword ?? false,
    lastSignInAt: state?.lastSignInAt ?? null,
    oneTimeUntil: state?.oneTimeUntil ?? null,
    isSignedIn: state?.isSignedIn ?? false,
  };
}
