import { isStorable } from '../primitives.ts';
import { loginKey } from './login.ts';

/** In characters, as NIST SP 800-63B asks for length rather than for kinds of signs. */
export const shortestPassword = 10;
export const longestPassword = 128;

export type PasswordProblem = 'short' | 'long' | 'noText' | 'login' | 'former';

/** What speaks against an own password; null: nothing. `former`: the one it replaces. */
export function passwordProblem(
  password: string,
  { login, former }: { login: string; former: string },
): PasswordProblem | null {
  if (!isStorable(password)) return 'noText';
  const length = [...password.normalize('NFC')].length;
  if (length < shortestPassword) return 'short';
  if (length > longestPassword) return 'long';
  if (loginKey(password) === loginKey(login)) return 'login';
  if (password.normalize('NFC') === former.normalize('NFC')) return 'former';
  return null;
}
