import type { Database } from 'better-sqlite3';
import type { EntityName, FieldsOf } from '#shared/sync/entities.ts';
import type { Cache, Rebuilt } from './cache.ts';
import { createCacheCheck } from './check/cacheCheck.ts';
import { closedWell, noteOpen } from './check/ending.ts';
import { createDevice } from './device.ts';
import { createDrafts } from './drafts.ts';
import type { CacheFiles } from './file/cacheFiles.ts';
import type { Identity } from './file/identity.ts';
import { openSafetyJournal } from './file/safetyJournal.ts';
import { createGuard } from './guard.ts';
import { createMeta } from './meta.ts';
import type { CacheOptions } from './openCache.ts';
import { createAcknowledge, type Settled } from './outbox/acknowledge.ts';
import { beginAgain, markedAgain } from './outbox/beginAgain.ts';
import { offerAgain } from './outbox/offerAgain.ts';
import { createOutbox } from './outbox/outbox.ts';
import { outstanding, outstandingLines } from './outbox/outstanding.ts';
import { replaceRefused } from './outbox/replaceRefused.ts';
import { createSent } from './outbox/sent.ts';
import { createServerLists } from './outbox/serverLists.ts';
import { createQualityReads } from './quality/mergeReads.ts';
import { createCallReads } from './reads/callReads.ts';
import { createCandidateReads } from './reads/candidateReads.ts';
import { createCardReads } from './reads/cardReads.ts';
import { createCustomerReads } from './reads/customerReads.ts';
import { createFollowUpReads } from './reads/followUpReads.ts';
import { createInterventionReads } from './reads/interventionReads.ts';
import { createKnowledgeReads } from './reads/knowledgeReads.ts';
import { createNotificationReads } from './reads/notificationReads.ts';
import { createSavedViewReads } from './reads/savedViewReads.ts';
import { createSegmentReads } from './reads/segmentReads.ts';
import { createSettingReads } from './reads/settingReads.ts';
import { createTaskReads } from './reads/taskReads.ts';
import { createTicketPageReads } from './reads/ticketPageReads.ts';
import { createTicketReads } from './reads/ticketReads.ts';
import { createApplyChanges } from './records/applyChanges.ts';
import { createGroupReads } from './records/customerGroups.ts';
import { createDisplay, homeOf, numberPrefixes } from './records/home.ts';
import { changeLocally } from './records/localChange.ts';
import { createOverlay } from './records/overlay.ts';
import { createRecordStore } from './records/recordStore.ts';
import { createWorkerClient } from './workerClient.ts';

export interface OpenedFiles extends CacheOptions {
  files: CacheFiles;
  db: Database;
  identity: Identity;
  rebuilt: Rebuilt | null;
  release(): void;
}

/** Pages larger than this are applied by the worker. */
const maxChangesHere = 100;
/** The journal is written anew beyond this, bytes: drafts saved while one types add up. */
const journalLimit = 1_048_576;
/** A clock offset that moved less than this is not worth a write, ms. */
const offsetStepMs = 50;

/** Puts the parts of an opened cache together behind the port. */
export function composeCache(opened: OpenedFiles): Cache {
  const { db, files, key, clock, log, identity } = opened;
  const meta = createMeta(db);
  const store = createRecordStore(db);
  const outbox = createOutbox(db);
  const overlay = createOverlay(db, store, outbox);
  const sent = createSent(db);
  const serverLists = createServerLists(meta, store);
  const journal = openSafetyJournal(files.journal, key);
  const own = outstanding(db);
  journal.rewrite(outstandingLines(own));
  const worker = createWorkerClient({ file: files.database, key }, opened.workerUrl);

  let offsetMs = Number(meta.get('clockOffset') ?? 0);
  const now = () => Math.max(0, Math.round(clock.now() + offsetMs));
  const waiting = own.operations.map((operation) => operation.clock);
  const device = createDevice({ identity, file: files.identity, meta, now, waiting });

  noteOpen(meta);

  const { guarded, guardedAll } = createGuard(files.suspect, log);
  const settings = guardedAll(createSettingReads(db));
  const home = () => homeOf(settings.configuration());
  const numbers = createDisplay(home);
  const segments = createSegmentReads(db);
  const listeners = new Set<(entities: EntityName[], local: boolean) => void>();

  const apply = createApplyChanges(db, meta);
  const { acknowledge, discard } = createAcknowledge(db, outbox, overlay, sent, now);
  const drafts = createDrafts(db, journal, now);
  const changeParts = { db, meta, store, overlay, outbox, journal, clock: device.stamps, now };

  function record<E extends EntityName>(entity: E, id: string): FieldsOf<E> | null {
    const fields = store.readTyped(entity, id)?.fields;
    return fields ? trusted<FieldsOf<E>>(fields) : null;
  }

  function tell(entities: EntityName[], local: boolean): void {
    if (entities.length === 0) return;
    if (entities.includes('setting')) {
      settings.forget();
      numbers.forget();
    }
    for (const listener of listeners) {
      try {
        listener(entities, local);
      } catch (error) {
        // The change stands, whoever cannot follow it.
        log.error('a change could not be followed', { entities, error: String(error) });
      }
    }
  }

  function settled({ done, entities }: Settled): void {
    if (outbox.isEmpty() || journal.mark() > journalLimit) tidyJournal();
    else journal.append(done.length > 0 ? [{ type: 'done', operationIds: done }] : [], false);
    tell(entities, false);
  }

  function tidyJournal(): void {
    const own = outstanding(db);
    // A few drafts beside done operations may stay: writing the file anew costs more than they do.
    if (own.operations.length + own.drafts.size > 0 && journal.mark() <= journalLimit) return;
    journal.rewrite(outstandingLines(own));
  }

  function indexInBackground(): void {
    worker.run('index', null).catch((error: unknown) => {
      log.warn('the search index is not up to date', { error: String(error) });
    });
  }

  const { candidates, customersWith, soleOwner } = createCandidateReads(db, home);
  const { card, timeline } = createCardReads(db, numbers.display);
  const { tickets, ticket } = createTicketReads(db);
  const { tasks, task } = createTaskReads(db);
  const calls = createCallReads(db, numbers.display);
  const groups = createGroupReads(db);
  const inOneRead = guarded(db.transaction((read: () => unknown) => read()));
  const check = createCacheCheck({ db, meta, worker, userId: opened.userId, now, tell });

  return {
    together: <T>(read: () => T): T => trusted<T>(inOneRead(read)),
    candidates: guarded(candidates),
    customersWith: guarded(customersWith),
    soleOwner: guarded(soleOwner),
    card: guarded(card),
    winnerOf: guarded(groups.winnerOf),
    groupOf: guarded(groups.groupOf),
    quality: guardedAll(createQualityReads(db)),
    timeline: guarded(timeline),
    configuration: settings.configuration,
    followUp: guardedAll(createFollowUpReads(db)),
    part: settings.part,
    segments: guarded(segments.segments),
    segment: guarded(segments.segment),
    ticketPage: guardedAll(createTicketPageReads(db)),
    notifications: guardedAll(createNotificationReads(db, opened.userId)),
    intervention: guardedAll(createInterventionReads(db, opened.userId)),
    savedViews: guarded(createSavedViewReads(db)),
    tickets: guarded(tickets),
    ticket: guarded(ticket),
    tasks: guarded(tasks),
    task: guarded(task),
    journal: guarded(calls.journal),
    journalEntry: guarded(calls.journalEntry),
    team: guarded(calls.team),
    callsWithoutEnd: guarded(calls.callsWithoutEnd),
    recentCalls: guarded(calls.recentCalls),
    colleagues: guarded(calls.colleagues),
    ticketIdsOf: guarded(calls.ticketIdsOf),
    callsWithoutWrapUp: guarded(calls.callsWithoutWrapUp),
    record: guarded(record),
    draft: guarded(drafts.draft),
    customers: guardedAll(createCustomerReads(db)),
    knowledge: guardedAll(createKnowledgeReads(db)),
    outbox: guarded(outbox.summary),
    outboxOperations: guarded(outbox.listed),
    search: {
      tickets: {
        list: (wish) => worker.run('ticketList', wish),
        ids: (wish) => worker.run('ticketIds', wish),
        tags: () => worker.run('ticketTags', null),
      },
      customers: (text, limit) =>
        worker.run('customers', { text, limit, prefixes: numberPrefixes(home()) }),
      everything: (text, limit) =>
        worker.run('everything', { text, limit, prefixes: numberPrefixes(home()) }),
      similar: (wanted, limit) => worker.run('similar', { wanted, limit }),
      articles: (text, all, limit) => worker.run('articles', { text, all, limit }),
      suggestArticles: (wish) => worker.run('suggestArticles', wish),
    },
    walks: {
      duplicates: (after) => worker.run('duplicates', { after }),
      stale: (wish) => worker.run('stale', wish),
      bulkPlan: (wish) => worker.run('bulkPlan', wish),
    },
    change: guarded((changes, authorId) =>
      tell(changeLocally(changeParts, changes, authorId), true),
    ),
    putDraft: guarded((draftKey: string, json: string) => {
      drafts.putDraft(draftKey, json);
      if (journal.mark() > journalLimit) tidyJournal();
    }),
    removeDraft: guarded((draftKey: string) => {
      drafts.removeDraft(draftKey);
      if (outbox.isEmpty()) tidyJournal();
    }),
    cursor: guarded(() => meta.get('cursor')),
    async apply(changes, cursor, serverTime, mark = {}) {
      const isJson = changes instanceof Uint8Array;
      const here = !isJson && changes.length <= maxChangesHere;
      const entities = here
        ? guarded(apply)(changes, cursor, serverTime, mark)
        : await worker.run(
            'apply',
            { changes, cursor, serverTime, mark },
            isJson ? [changes.buffer] : [],
          );
      if (!here && meta.get('firstSyncDone') !== null) indexInBackground();
      tell(entities, false);
      return entities;
    },
    scope: guarded(() => meta.get('scope')),
    firstSync: guarded(() => {
      const total = meta.get('firstSyncDone') === null ? meta.get('total') : null;
      return {
        received: Number(meta.get('received') ?? 0),
        total: total === null ? null : Number(total),
      };
    }),
    check,
    lineage: guarded(() => meta.get('lineage')),
    setLineage: guarded((lineage: string) => meta.set('lineage', lineage)),
    lineageAsked: guarded(() => meta.get('lineageAsked')),
    setLineageAsked: guarded((lineage: string) => meta.set('lineageAsked', lineage)),
    beginAgain: guarded(() => {
      beginAgain({ db, meta, outbox, overlay, now });
      check.progress.begin();
    }),
    sentIds: guarded(sent.ids),
    offerAgain: guarded((operationIds: string[]) =>
      tell(offerAgain(changeParts, sent, operationIds), true),
    ),
    nextOperations: guarded((limit: number) =>
      markedAgain(meta, serverLists.understood(outbox.waiting(limit))),
    ),
    acknowledge: guarded((results) => settled(acknowledge(results))),
    discardRefused: guarded((operationId: string) => settled(discard(operationId))),
    retryRefused: guarded((operationId: string, edits?: Record<string, unknown>) =>
      tell([replaceRefused(changeParts, operationId, edits)], true),
    ),
    setClockOffset: guarded((next: number) => {
      const moved = Math.abs(next - offsetMs) >= offsetStepMs;
      offsetMs = next;
      if (moved) meta.set('clockOffset', String(next));
    }),
    firstSyncDone: guarded(() => meta.get('firstSyncDone') !== null),
    markFirstSyncDone: guarded(() => {
      meta.set('firstSyncDone', '1');
      if (meta.get('checkedAt') === null) meta.set('checkedAt', String(clock.now()));
      indexInBackground();
    }),
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    deviceId: device.id,
    instance: guarded(device.instance),
    registration: guarded(device.registration),
    registered: guarded(device.registered),
    renewDevice: guarded(device.renew),
    serverKnows: guarded(() => meta.get('serverKnows')),
    setServerKnows: guarded((knows: string) => meta.set('serverKnows', knows)),
    setServerLists: guarded(serverLists.set),
    mendClock: guarded(() => outbox.waiting(1).length === 0 && device.mend()),
    rebuilt: () => opened.rebuilt,
    async close() {
      await worker.close();
      listeners.clear();
      closedWell(meta);
      journal.close();
      db.close();
      opened.release();
    },
  };
}

/** A typed table holds nothing that does not fit its entity's columns. */
function trusted<T>(fields: unknown): T {
  return fields as T;
}
