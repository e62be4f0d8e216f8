import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Team, Teams } from '#shared/domain/settings/teams.ts';
import { type Language, languages } from '#shared/domain/text/text.ts';
import { useQuery } from '../../app/bridge.tsx';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from './administration.module.css';

/** How many people are in each team, by the id in their accounts. */
function usePeopleOf(): ReadonlyMap<string, number> {
  const { data } = useQuery('messages.audience', {}, ['user']);
  return new Map(data?.teams.map(({ id, count }) => [id, count]));
}

/** What people call the teams that stand in the accounts. */
export function TeamsEditor({
  value,
  onChange,
}: {
  value: Teams;
  onChange: (value: Teams) => void;
}) {
  const { t } = useTranslation('administration');
  const people = usePeopleOf();
  const { teams } = value;
  const unnamed = [...people.keys()].filter((id) => !teams.some((team) => team.id === id)).sort();
  const put = (at: number, team: Team) => onChange({ teams: teams.with(at, team) });
  const add = (id: string) =>
    onChange({ teams: [...teams, { id, name: { en: id, 'zh-CN': id } }] });
  return (
    <div className={styles.teams}>
      <p className="muted">{t('teams.hint')}</p>
      {teams.length > 0 ? (
        <table className={styles.teamTable}>
          <thead>
            <tr>
              <th scope="col">{t('teams.id')}</th>
              <th scope="col">{t('teams.en')}</th>
              <th scope="col">{t('teams.zh-CN')}</th>
              <th scope="col">{t('teams.people')}</th>
              <th scope="col">
                <span className="for-readers">{t('teams.remove')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {teams.map((team, at) => (
              <TeamRow
                // biome-ignore lint/suspicious/noArrayIndexKey: the id is what is typed
                key={at}
                team={team}
                twice={teams.some(({ id }, other) => other !== at && id === team.id)}
                count={people.get(team.id) ?? 0}
                onChange={(next) => put(at, next)}
                onRemove={() => onChange({ teams: teams.toSpliced(at, 1) })}
              />
            ))}
          </tbody>
        </table>
      ) : null}
      <div className={styles.teamAdd}>
        {unnamed.map((id) => (
          <Button
            key={id}
            icon={<IconPlus size={16} aria-hidden="true" />}
            data-testid={`name-team-${id}`}
            onClick={() => add(id)}
          >
            {t('teams.name', { id, count: people.get(id) ?? 0 })}
          </Button>
        ))}
        <Button
          icon={<IconPlus size={16} aria-hidden="true" />}
          data-testid="add-team"
          onClick={() => add('')}
        >
          {t('teams.add')}
        </Button>
      </div>
    </div>
  );
}

function TeamRow({
  team,
  twice,
  count,
  onChange,
  onRemove,
}: {
  team: Team;
  /** Another line has the same id. */
  twice: boolean;
  count: number;
  onChange: (team: Team) => void;
  onRemove: () => void;
}) {
  const { t } = useTranslation('administration');
  const { id, name } = team;
  const idProblem = twice ? t('teams.twice') : id.trim() === '' ? t('teams.missing') : null;
  const putName = (language: Language, text: string) =>
    onChange({ ...team, name: { ...name, [language]: text } });
  return (
    <tr data-testid="team-row">
      <td>
        <Cell
          label={t('teams.id')}
          value={id}
          problem={idProblem}
          testId="team-id"
          onChange={(text) => onChange({ ...team, id: text })}
        />
      </td>
      {languages.map((language) => (
        <td key={language}>
          <Cell
            label={`${id}, ${t(`teams.${language}`)}`}
            value={name[language]}
            problem={name[language].trim() === '' ? t('teams.missing') : null}
            testId={`team-${language}`}
            onChange={(text) => putName(language, text)}
          />
        </td>
      ))}
      <td className="small">{t('teams.count', { count })}</td>
      <td>
        <IconButton
          label={`${t('teams.remove')}: ${id}`}
          icon={<IconTrash size={16} aria-hidden="true" />}
          onClick={onRemove}
        />
      </td>
    </tr>
  );
}

function Cell({
  label,
  value,
  problem,
  testId,
  onChange,
}: {
  label: string;
  value: string;
  problem: string | null;
  testId: string;
  onChange: (text: string) => void;
}) {
  return (
    <TextField
      aria-label={problem === null ? label : `${label}: ${problem}`}
      aria-invalid={problem !== null}
      title={problem ?? undefined}
      maxLength={200}
      data-testid={testId}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
