import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { passwordProblem, shortestPassword } from '#shared/domain/users/password.ts';

export interface OwnPassword {
  first: string;
  again: string;
  put: (typed: { first?: string; again?: string }) => void;
  /** What is wrong, in words, once somebody has tried. */
  errors: { first: string | null; again: string | null };
  /** Answers the new password, or null and says what is wrong. */
  tried: () => string | null;
}

/** A new password typed twice, held against the rules. */
export function useOwnPassword(of: { login: string; former: string }): OwnPassword {
  const { t } = useTranslation('users');
  const [typed, setTyped] = useState({ first: '', again: '' });
  const [shown, setShown] = useState(false);
  const problem = passwordProblem(typed.first, of);
  const differs = typed.first !== typed.again;
  const words = problem && t(`password.problems.${problem}`, { n: shortestPassword });
  return {
    ...typed,
    put: (next) => setTyped((now) => ({ ...now, ...next })),
    errors: {
      first: shown ? words : null,
      again: shown && !problem && differs ? t('password.differs') : null,
    },
    tried() {
      setShown(true);
      return problem || differs ? null : typed.first;
    },
  };
}
