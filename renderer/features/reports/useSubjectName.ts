import type { DailyReport } from '#shared/sync/reports.ts';
import { useTeamName } from '../../i18n/useTeamName.ts';

/** Whose day it is: a team goes by its name in the language of the window, as far as it has one. */
export function useSubjectName(): (report: Pick<DailyReport, 'subject' | 'name'>) => string {
  const teamName = useTeamName();
  return ({ subject, name }) => {
    const named = subject.kind === 'team' ? teamName(subject.id) : subject.id;
    return named === subject.id ? name : named;
  };
}
