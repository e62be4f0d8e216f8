import type { LocalChange } from '#electron/cache/cache.ts';
import type { SyncStatus } from '#shared/contract/models/desk.ts';
import type { Operation } from '#shared/sync/messages.ts';
import type { RetagPlan, StepPlan } from './work.ts';

/** What the test asks of a desk's process, and what it answers; `tag` pairs the two. */
export type DeskQuestion =
  /** Refused as `absent` where the desk does not have the record named by `needs`, or no such step is open there. */
  | {
      ask: 'change';
      changes: LocalChange[];
      needs: { entity: string; id: string } | null;
      step: StepPlan | null;
      retag: RetagPlan | null;
    }
  | { ask: 'connect'; on: boolean; token: string }
  /** Ids of the changes that wait. */
  | { ask: 'waiting' }
  /** From now on the clock of the desk is wrong by so much. */
  | { ask: 'skew'; ms: number }
  | { ask: 'retry' }
  | { ask: 'status' }
  | { ask: 'records'; keys: { entity: string; id: string }[] }
  /** All records of which no change stands refused. */
  | { ask: 'settled' }
  | { ask: 'discard'; operationId: string }
  | { ask: 'close' };

export type DeskAnswer =
  /** The change returned: it is on the disk. */
  | { answer: 'changed'; operations: Operation[] }
  | { answer: 'absent' }
  | { answer: 'failed'; code: string; message: string }
  | { answer: 'status'; status: SyncStatus; cursor: string | null }
  | { answer: 'waiting'; operationIds: string[] }
  | { answer: 'records'; fields: (Record<string, unknown> | null)[] }
  /** As `entity/id`. */
  | { answer: 'settled'; keys: string[] }
  | { answer: 'done' };
