import { z } from 'zod';
import { shortTextSchema } from '../primitives.ts';
import type { Language } from '../text/text.ts';

const wordSchema = shortTextSchema.refine((text) => text.trim() !== '', 'name-missing');

const teamSchema = z.object({
  /** As the accounts say it; the names are for people alone. */
  id: wordSchema,
  name: z.object({ en: wordSchema, 'zh-CN': wordSchema }),
});
export type Team = z.infer<typeof teamSchema>;

const teamsSchema = z.object({
  teams: z
    .array(teamSchema)
    .max(500)
    .refine((teams) => new Set(teams.map(({ id }) => id)).size === teams.length, 'id-twice'),
});
export type Teams = z.infer<typeof teamsSchema>;

export const usualTeams: Teams = { teams: [] };

export const teamsPart = { schema: teamsSchema, usual: usualTeams };

/** What people call a team; one that nobody has named goes by its id. */
export function teamNamesIn({ teams }: Teams, language: Language): (teamId: string) => string {
  const names = new Map(teams.map(({ id, name }) => [id, name[language]]));
  return (teamId) => names.get(teamId) ?? teamId;
}
