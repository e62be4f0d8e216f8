import { movesOf } from '../store/calls/board.ts';
import { readConfiguration, readPart } from '../store/configuration.ts';
import type { Db } from '../store/store.ts';
import { readPeople } from '../store/users.ts';
import type { Surroundings } from './boardState.ts';

/** Queues, people and rules as they are now. */
export async function readSurroundings(db: Db): Promise<Omit<Surroundings, 'queuesOf'>> {
  const [configuration, people, rules] = [
    await readConfiguration(db),
    await readPeople(db),
    await readPart(db, 'supervision'),
  ];
  return { queueIds: (configuration?.queues ?? []).map(({ id }) => id), people, rules };
}

/** Another word whenever one of them has changed. */
export function surroundingsMark(db: Db): Promise<string> {
  return movesOf(db, ['user', 'setting']);
}
