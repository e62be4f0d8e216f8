import { useTranslation } from 'react-i18next';
import type { FieldProblem } from '#shared/domain/users/userRules.ts';
import type { UserAccount } from '#shared/sync/users.ts';

/** `waiting`: the one-time password was not used yet; `late`: it does not open any more. */
export type AccountState = 'active' | 'waiting' | 'late' | 'left';

export function stateOf({ active, oneTimeUntil }: UserAccount, now: number): AccountState {
  if (!active) return 'left';
  if (oneTimeUntil === null) return 'active';
  return oneTimeUntil > now ? 'waiting' : 'late';
}

/** What is wrong with a field, in words. */
export function useProblemText(): (problem: FieldProblem) => string {
  const { t, i18n } = useTranslation('users');
  return ({ field, problem }) => {
    const own = `problems.${field}.${problem}`;
    return i18n.exists(`users:${own}`) ? t(own) : t(`problems.${problem}`);
  };
}
