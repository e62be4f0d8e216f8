import { expect, test } from 'vitest';
import { partOf, settingProblem } from './parts.ts';
import { teamNamesIn } from './teams.ts';

const east = { id: 'east', name: { en: 'East team', 'zh-CN': '东区组' } };

test('a team goes by its name in the language, and by its id where nobody has named it', () => {
  const teams = partOf('teams', { teams: [east] });
  expect(teamNamesIn(teams, 'en')('east')).toBe('East team');
  expect(teamNamesIn(teams, 'zh-CN')('east')).toBe('东区组');
  expect(teamNamesIn(teams, 'en')('west')).toBe('west');
  expect(teamNamesIn(partOf('teams', null), 'en')('east')).toBe('east');
});

test.each([
  ['names as they should be', [east, { ...east, id: 'west' }], null],
  ['one id twice', [east, east], 'id-twice'],
  ['a name of spaces', [{ id: 'west', name: { en: ' ', 'zh-CN': '西' } }], 'name-missing'],
  ['no id', [{ ...east, id: '' }], 'name-missing'],
])('%s', (_what, teams, problem) => {
  expect(settingProblem('teams', { teams })?.message ?? null).toBe(problem);
});
