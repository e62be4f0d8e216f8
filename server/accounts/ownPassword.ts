import { passwordProblem } from '#shared/domain/users/password.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { practiceUsers } from '#shared/sample/practiceUsers.ts';
import type { Account } from '../store/accounts.ts';
import { hashPassword, type PasswordCost } from './password.ts';

/** The people to practise with keep their password, which stands on the sign-in page: `practice-user`. */
export function mayChangePassword(userId: string, mode: 'practice' | 'site'): Result<null> {
  const isShown = mode === 'practice' && practiceUsers.some(({ id }) => id === userId);
  return isShown ? fail('practice-user', 'this password is published') : ok(null);
}

/** The hash of an own password. `password-refused` (its message is the `PasswordProblem`): it is none that counts. */
export async function hashOwn(
  given: { login: string; password: string; newPassword: string },
  cost: PasswordCost | undefined,
): Promise<Result<string>> {
  const { login, password, newPassword } = given;
  const problem = passwordProblem(newPassword, { login, former: password });
  if (problem) return fail('password-refused', problem);
  return ok(await hashPassword(newPassword, cost));
}

/**
 * What a right password opens. With a one-time one nothing (`password-change-needed`) unless an own one comes with it,
 * and after its time nothing at all (`password-expired`). An own password comes with no other one (`state-not-allowed`).
 */
export function opensWith(
  { oneTimeUntil }: Pick<Account, 'oneTimeUntil'>,
  newPassword: string | undefined,
  nowMs: number,
): Result<null> {
  if (oneTimeUntil === null) {
    if (newPassword === undefined) return ok(null);
    return fail('state-not-allowed', 'this password is no one-time password');
  }
  if (oneTimeUntil <= nowMs) return fail('password-expired', 'the one-time password is too old');
  if (newPassword !== undefined) return ok(null);
  return fail('password-change-needed', 'an own password has to be set');
}
