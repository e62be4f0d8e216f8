import { cleanup, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, expect, it } from 'vitest';
import { settingProblem } from '#shared/domain/settings/parts.ts';
import { type Teams, usualTeams } from '#shared/domain/settings/teams.ts';
import { ok } from '#shared/result.ts';
import { renderOnDesk, testDesk } from '../fields/testDesk.tsx';
import { TeamsEditor } from './TeamsEditor.tsx';

let teams: Teams = usualTeams;

function Held() {
  const [value, setValue] = useState(usualTeams);
  teams = value;
  return <TeamsEditor value={value} onChange={setValue} />;
}

afterEach(cleanup);

it('names the teams of the accounts in both languages, and marks what cannot be saved', async () => {
  const user = userEvent.setup();
  const teamsOfAccounts = [{ id: 'east', count: 2 }];
  const desk = testDesk({ 'messages.audience': () => ok({ users: [], teams: teamsOfAccounts }) });
  renderOnDesk(<Held />, desk.bridge);
  await user.click(await screen.findByTestId('name-team-east', undefined, { timeout: 60_000 }));
  expect(screen.getByTestId('team-row').textContent).toContain('2 people');
  await user.clear(screen.getByTestId('team-zh-CN'));
  expect(screen.getByTestId('team-zh-CN').getAttribute('aria-invalid')).toBe('true');
  expect(settingProblem('teams', teams)).not.toBeNull();
  await user.type(screen.getByTestId('team-zh-CN'), '东区组');
  expect(settingProblem('teams', teams)).toBeNull();
  expect(teams.teams).toEqual([{ id: 'east', name: { en: 'east', 'zh-CN': '东区组' } }]);

  await user.click(screen.getByTestId('add-team'));
  const [, added] = screen.getAllByTestId('team-id');
  if (added) await user.type(added, 'east');
  expect(added?.getAttribute('aria-label')).toContain('Another line has this team');
});
