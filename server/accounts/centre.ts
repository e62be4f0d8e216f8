import { offeredQueues } from '#shared/domain/settings/queues.ts';
import type { Centre } from '#shared/domain/users/userRules.ts';
import { readConfiguration, readPart } from '../store/configuration.ts';
import { lockName } from '../store/records.ts';
import type { Db, Tx } from '../store/store.ts';
import { readPeople } from '../store/users.ts';

/** Whom and what a user is held against: teams are those that have a name, and those that people are in. */
async function readCentre(db: Db | Tx): Promise<Centre> {
  const people = await readPeople(db);
  const { teams } = await readPart(db, 'teams');
  const configuration = await readConfiguration(db);
  const used = people.flatMap(({ teamId }) => (teamId === null ? [] : [teamId]));
  return {
    people,
    teamIds: new Set([...teams.map(({ id }) => id), ...used]),
    queueIds: new Set(offeredQueues(configuration?.queues ?? []).map(({ id }) => id)),
  };
}

/** Nobody else changes accounts, at whichever node, until the transaction ends. */
export async function lockCentre(tx: Tx): Promise<Centre> {
  await lockName(tx, 'user', 'all');
  return readCentre(tx);
}
