import { type EntityName, entityNames } from '#shared/sync/entities.ts';
import type { Meta } from '../meta.ts';

/** Where a comparison with the server has got to: the entity, and the last id that was compared. */
export interface CheckPlace {
  entity: EntityName;
  after: string | null;
}

const early: ReadonlySet<EntityName> = new Set([
  'task',
  'notification',
  'call',
  'wrapUp',
  'agentInterval',
  'setting',
  'user',
  'presence',
  'ticket',
  'ticketEvent',
]);

/** What changes hands comes first: it is what a desk should not keep. Then the small ones. */
export const checkOrder: readonly EntityName[] = [
  ...early,
  ...entityNames.filter((name) => !early.has(name)),
];

const beginning = 'begin';

/** Kept in the database: a comparison goes on where it was when the desk was ended. */
export interface CheckProgress {
  /** Null: none is going on. */
  place(): CheckPlace | null;
  begin(): void;
  moveTo(place: CheckPlace): void;
  /** `now`: ms UTC by the desk's clock. */
  finish(now: number): void;
  /** When the last one ended, ms UTC; null: never. */
  finishedAt(): number | null;
}

export function createCheckProgress(meta: Meta): CheckProgress {
  return {
    place() {
      const stored = meta.get('check') ?? '';
      if (stored === '') return null;
      const [entity, after] = stored.split(' ');
      const known = checkOrder.find((name) => name === entity);
      return known && after ? { entity: known, after } : { entity: known ?? 'task', after: null };
    },
    begin: () => meta.set('check', beginning),
    moveTo: ({ entity, after }) =>
      meta.set('check', after === null ? entity : `${entity} ${after}`),
    finish(now) {
      meta.set('check', '');
      meta.set('checkedAt', String(now));
    },
    finishedAt() {
      const at = meta.get('checkedAt');
      return at === null ? null : Number(at);
    },
  };
}
