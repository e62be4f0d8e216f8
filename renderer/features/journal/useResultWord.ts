import { useTranslation } from 'react-i18next';
import { callResults } from '#shared/domain/calls/call.ts';
import type { JournalResult } from '#shared/sync/journal.ts';

const ofDesks: readonly string[] = callResults;

/** How a call came out, in words. */
export function useResultWord(): (result: JournalResult) => string {
  const { t } = useTranslation(['journal', 'common']);
  return (result) =>
    ofDesks.includes(result) ? t(`common:callResult.${result}`) : t(`result.${result}`);
}
