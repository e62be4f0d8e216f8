import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { roles } from '#shared/domain/permissions.ts';
import { offeredQueues } from '#shared/domain/settings/queues.ts';
import { usualTeams } from '#shared/domain/settings/teams.ts';
import { languages } from '#shared/domain/text/text.ts';
import { loginKey } from '#shared/domain/users/login.ts';
import { type TableNames, tableColumns } from '#shared/domain/users/userTable.ts';
import { useDesk, usePart } from '../../../store/desk.ts';

/** Everything by its id, and by its name in both languages. */
export function useTableNames(): TableNames {
  const { i18n } = useTranslation('users');
  const teams = usePart('teams') ?? usualTeams;
  const queues = useDesk((desk) => desk.configuration?.queues);
  return useMemo(() => {
    const inAll = (key: string) => languages.map((lng) => i18n.t(key, { lng }));
    const mapOf = <V extends string>(all: readonly (readonly [V, readonly string[]])[]) =>
      new Map(all.flatMap(([id, names]) => [id, ...names].map((name) => [loginKey(name), id])));
    return {
      columns: mapOf([
        ...tableColumns.map((one) => [one, inAll(`users:several.columns.${one}`)] as const),
        // As the list of people has it in its head, where who writes the table may look.
        ['extension', inAll('users:columns.extension')],
      ]),
      roles: mapOf(roles.map((role) => [role, inAll(`common:roles.${role}`)])),
      teams: mapOf(teams.teams.map(({ id, name }) => [id, Object.values(name)])),
      queues: mapOf(offeredQueues(queues ?? []).map(({ id, name }) => [id, Object.values(name)])),
    };
  }, [i18n, teams, queues]);
}
