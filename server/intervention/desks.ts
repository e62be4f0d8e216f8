import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { idSchema } from '#shared/domain/primitives.ts';
import {
  type Effect,
  type InterventionMessage,
  interventionMessageSchema,
} from '#shared/sync/intervention.ts';
import type { LiveHub } from '../live/liveHub.ts';
import { insertOrder, lapseOrder } from '../store/interventions.ts';
import type { AskedOfDesk } from '../store/interventionTables.ts';
import { interventionChannel, interventionTakenChannel, notify } from '../store/notices.ts';
import type { Store, Tx } from '../store/store.ts';

export interface DesksOptions {
  store: Pick<Store, 'db' | 'listen'>;
  live: Pick<LiveHub, 'tell'>;
  now: () => number;
  /** How long a desk has for its answer, ms. */
  patienceMs: number;
}

/** The desks of agents, at whichever node they are. */
export interface Desks {
  start(): Promise<void>;
  /** Asks a user's desks to rest; what the first of them said, or null where none answers in time. */
  askToRest(userId: string, asked: AskedOfDesk): Promise<Effect | null>;
  /** When the transaction commits, all desks of the user hear it. */
  tell(tx: Tx, userId: string, message: Omit<InterventionMessage, 'type'>): Promise<void>;
  /** When the transaction commits, whoever asked hears it. */
  answered(tx: Tx, id: string, effect: Effect): Promise<void>;
  stop(): void;
}

const toldSchema = z.object({ userId: idSchema, message: interventionMessageSchema });

export function createDesks({ store, live, now, patienceMs }: DesksOptions): Desks {
  const { db } = store;
  const waiting = new Map<string, (effect: Effect) => void>();
  const giveUps = new Set<() => void>();

  function heard(payload: string): void {
    // Empty after a connection was lost: what was told meanwhile lapses.
    const told = payload === '' ? null : toldSchema.safeParse(JSON.parse(payload)).data;
    if (told) live.tell(told.message, ({ id }) => id === told.userId);
  }

  function heardTaken(payload: string): void {
    const [id = '', effect] = payload.split(' ');
    if (effect === 'now' || effect === 'afterWork') waiting.get(id)?.(effect);
  }

  function tell(tx: Tx, userId: string, message: Omit<InterventionMessage, 'type'>): Promise<void> {
    const payload = { userId, message: { type: 'intervention', ...message } };
    return notify(tx, interventionChannel, JSON.stringify(payload));
  }

  /** Resolves with the answer, or null when it is given up. */
  function answerTo(id: string): Promise<Effect | null> {
    return new Promise((resolve) => {
      const end = (effect: Effect | null) => {
        clearTimeout(timer);
        waiting.delete(id);
        giveUps.delete(giveUp);
        resolve(effect);
      };
      const giveUp = () => end(null);
      const timer = setTimeout(giveUp, patienceMs);
      giveUps.add(giveUp);
      waiting.set(id, end);
    });
  }

  return {
    tell,
    async start() {
      await store.listen(interventionChannel, heard);
      await store.listen(interventionTakenChannel, heardTaken);
    },
    async askToRest(userId, asked) {
      const id = uuidv7();
      const at = now();
      const answer = answerTo(id);
      await db.transaction().execute(async (tx) => {
        await insertOrder(tx, { id, at, userId, asked });
        const { byName, rest } = asked;
        await tell(tx, userId, { id, byName, at, wish: { kind: 'rest', rest } });
      });
      return (await answer) ?? (await lapseOrder(db, id));
    },
    answered: (tx, id, effect) => notify(tx, interventionTakenChannel, `${id} ${effect}`),
    stop() {
      for (const giveUp of [...giveUps]) giveUp();
    },
  };
}
