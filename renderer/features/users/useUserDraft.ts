import { useMemo, useState } from 'react';
import { offeredQueues } from '#shared/domain/settings/queues.ts';
import { usualTeams } from '#shared/domain/settings/teams.ts';
import {
  type Centre,
  type FieldProblem,
  problemsOfUser,
  type UserField,
} from '#shared/domain/users/userRules.ts';
import type { Failure } from '#shared/result.ts';
import type { NewUser, UserAccount, UserChange } from '#shared/sync/users.ts';
import { useDesk, usePart } from '../../store/desk.ts';

const empty: NewUser = {
  login: '',
  name: '',
  role: 'agent',
  teamId: null,
  extension: null,
  queueIds: [],
  phonePassword: null,
};

/** What a user is held against, as this desk knows it; the centre looks again. */
export function useCentre(people: readonly UserAccount[]): Centre {
  const teams = usePart('teams') ?? usualTeams;
  const queues = useDesk((desk) => desk.configuration?.queues);
  return useMemo(() => {
    const used = people.flatMap(({ teamId }) => (teamId === null ? [] : [teamId]));
    return {
      people,
      teamIds: new Set([...teams.teams.map(({ id }) => id), ...used]),
      queueIds: new Set(offeredQueues(queues ?? []).map(({ id }) => id)),
    };
  }, [people, teams, queues]);
}

/** What is typed about somebody, and what is wrong with it. */
export function useUserDraft(user: UserAccount | null, centre: Centre) {
  const [draft, setDraft] = useState<NewUser>(() =>
    user ? { ...user, phonePassword: null } : empty,
  );
  const trimmed = { ...draft, login: draft.login.trim(), name: draft.name.trim() };
  const before = user && (centre.people.find(({ id }) => id === user.id) ?? user);
  return {
    draft,
    put: (fields: Partial<NewUser>) => setDraft((now) => ({ ...now, ...fields })),
    trimmed,
    problems: problemsOfUser(trimmed, before, centre),
    change: user ? changeOf(user, trimmed) : null,
  };
}

/** What was left as it was is not sent: somebody else may have changed it meanwhile. */
function changeOf(user: UserAccount, draft: NewUser): UserChange {
  const { login, name, role, teamId, extension, queueIds, phonePassword } = draft;
  const isSame = JSON.stringify(queueIds) === JSON.stringify(user.queueIds);
  return {
    ...(login === user.login ? {} : { login }),
    ...(name === user.name ? {} : { name }),
    ...(role === user.role ? {} : { role }),
    ...(teamId === user.teamId ? {} : { teamId }),
    ...(extension === user.extension ? {} : { extension }),
    ...(isSame ? {} : { queueIds }),
    ...(phonePassword === null ? {} : { phonePassword }),
  };
}

/** The field that a refusal of the centre is about. */
export function problemOfFailure(failure: Failure | null): FieldProblem | null {
  if (failure?.code === 'login-taken') return { field: 'login', problem: 'taken' };
  if (failure?.code === 'extension-taken') return { field: 'extension', problem: 'taken' };
  return null;
}

export function firstOf(
  problems: readonly FieldProblem[],
  field: UserField,
): FieldProblem | undefined {
  return problems.find((one) => one.field === field);
}
