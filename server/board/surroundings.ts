import { offeredQueues } from '#shared/domain/settings/queues.ts';
import { movesOf } from '../store/calls/board.ts';
import { readConfiguration, readPart } from '../store/configuration.ts';
import type { Db } from '../store/store.ts';
import { readPeople } from '../store/users.ts';
import type { Surroundings } from './boardState.ts';

/** Queues, people and rules as they are now; a retired queue is on the board where calls still come through it. */
export async function readSurroundings(db: Db): Promise<Omit<Surroundings, 'queuesOf'>> {
  const [configuration, people, rules] = [
    await readConfiguration(db),
    await readPeople(db),
    await readPart(db, 'supervision'),
  ];
  const queueIds = offeredQueues(configuration?.queues ?? []).map(({ id }) => id);
  return { queueIds, people, rules };
}

/** Another word whenever one of them has changed. */
export function surroundingsMark(db: Db): Promise<string> {
  return movesOf(db, ['user', 'setting']);
}
