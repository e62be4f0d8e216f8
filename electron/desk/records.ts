import type { TaskView } from '#shared/contract/models/records.ts';
import { DeskError } from '#shared/result.ts';
import type { SignedInUser } from '#shared/sync/messages.ts';
import type { Cache } from '../cache/cache.ts';
import type { Clock } from '../core/providers.ts';

/** What the agent ticks off. */
export interface RecordService {
  finishTask(taskId: string): TaskView;
}

export interface RecordOptions {
  user: SignedInUser;
  cache: Cache;
  clock: Clock;
}

export function createRecords({ user, cache, clock }: RecordOptions): RecordService {
  return {
    finishTask(taskId) {
      if (!cache.task(taskId)) throw new DeskError('not-found', 'no such task here');
      const fields = { state: 'done' as const, doneAt: clock.now(), doneBy: user.name };
      cache.change([{ entity: 'task', id: taskId, fields }], user.id);
      const task = cache.task(taskId);
      if (!task) throw new DeskError('internal', 'the task is not in the cache');
      return task;
    },
  };
}
