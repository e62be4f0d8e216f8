import type { HomeCountry } from '#shared/domain/numbers/types.ts';
import { mayDo } from '#shared/domain/permissions.ts';
import { DeskError } from '#shared/result.ts';
import type { SignedInUser } from '#shared/sync/messages.ts';
import type { Cache } from '../cache/cache.ts';
import type { Clock } from '../core/providers.ts';
import type { Handlers } from '../handler/handler.ts';
import type { Sync } from '../sync/sync.ts';
import type { CallService } from './calls.ts';
import { done } from './done.ts';
import { createOutboxService } from './outbox.ts';
import type { RecordService } from './records.ts';
import { reachableDraftKey } from './ticketDrafts.ts';

type RecordMethod = Extract<
  keyof Handlers,
  | 'tickets.list'
  | 'tasks.list'
  | 'tasks.finish'
  | `drafts.${string}`
  | `sync.${string}`
  | `outbox.${string}`
  | 'journal.list'
  | 'journal.get'
  | 'team.view'
>;

export interface RecordHandlerOptions {
  user: SignedInUser;
  cache: Cache;
  clock: Clock;
  sync: Sync;
  records: RecordService;
  calls: Pick<CallService, 'find'>;
  home(): HomeCountry;
}

/** What a window asks of records, lists and drafts. */
export function recordHandlers(options: RecordHandlerOptions): Pick<Handlers, RecordMethod> {
  const { user, cache, clock, sync, records, calls, home } = options;
  const outbox = createOutboxService({ user, cache, clock, home });
  const isAtDesk = (callId: string) => calls.find(callId) !== null;
  const own = (whose: 'mine' | 'all') => (whose === 'mine' ? user.id : null);

  return {
    'tickets.list': ({ view, limit }) => cache.tickets(view, user.id, limit),
    'tasks.list': ({ whose, limit }) => cache.tasks(own(whose), limit),
    'tasks.finish': ({ taskId }) => records.finishTask(taskId),
    'journal.list': ({ whose, limit }) => {
      if (whose === 'all' && !mayDo(user.role, 'team.watch')) {
        throw new DeskError('forbidden', 'only supervisors see the calls of others');
      }
      return cache.journal(own(whose), limit);
    },
    'journal.get': ({ callId }) => {
      const entry = cache.journalEntry(callId);
      if (!entry) throw new DeskError('not-found', 'no such call here');
      if (entry.agentId !== user.id && !mayDo(user.role, 'team.watch')) {
        throw new DeskError('forbidden', 'only supervisors see the calls of others');
      }
      return entry;
    },
    'team.view': () => cache.team(100),
    'drafts.put': ({ key, json }) => {
      cache.putDraft(reachableDraftKey(key, cache, isAtDesk), json);
      return { savedAt: clock.now() };
    },
    'drafts.get': ({ key }) => ({ json: cache.draft(key) }),
    'drafts.remove': ({ key }) => done(cache.removeDraft(key)),
    'sync.compare': () => {
      sync.compare();
      return sync.status();
    },
    'sync.retry': () => {
      sync.retry();
      return sync.status();
    },
    'outbox.list': () => outbox.list(),
    'outbox.retry': ({ operationIds }) => {
      outbox.retry(operationIds);
      return sync.status();
    },
    'outbox.edit': ({ operationId, fields }) => {
      outbox.edit(operationId, fields);
      return sync.status();
    },
    'outbox.discard': ({ operationId }) => {
      outbox.discard(operationId);
      return sync.status();
    },
    'outbox.stepAgain': ({ operationId }) => {
      outbox.stepAgain(operationId);
      return sync.status();
    },
    'outbox.stepAsNote': ({ operationId, note }) => {
      outbox.stepAsNote(operationId, note);
      return sync.status();
    },
  };
}
