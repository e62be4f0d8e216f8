import { useMemo } from 'react';
import { teamNamesIn, usualTeams } from '#shared/domain/settings/teams.ts';
import { usePart } from '../store/desk.ts';
import { useLanguage } from './useFormat.ts';

/** What people call a team, in the language of the window. */
export function useTeamName(): (teamId: string) => string {
  const teams = usePart('teams') ?? usualTeams;
  const language = useLanguage();
  return useMemo(() => teamNamesIn(teams, language), [teams, language]);
}
