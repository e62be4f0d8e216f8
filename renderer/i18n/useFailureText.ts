import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '#shared/result.ts';

/** What went wrong and what to do, in the agent's language. */
export function useFailureText(): (failure: Pick<Failure, 'code' | 'details'>) => string {
  const { t } = useTranslation('errors');
  return useCallback((failure) => t(failure.code, { ...failure.details }), [t]);
}
