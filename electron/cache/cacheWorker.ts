import { parentPort, workerData } from 'node:worker_threads';
import { DeskError, type Failure } from '#shared/result.ts';
import { toDeskError } from './cacheErrors.ts';
import { createOwnRange } from './check/ownRange.ts';
import { createRepair } from './check/repair.ts';
import { type Access, connect } from './file/connection.ts';
import { createArticleIndex } from './knowledge/articleIndex.ts';
import { createArticleSearch } from './knowledge/articleSearch.ts';
import { createMeta } from './meta.ts';
import { createCustomerWalk } from './quality/customerWalk.ts';
import { createDuplicateWalk } from './quality/duplicateWalk.ts';
import { createSimilarReads } from './quality/similarReads.ts';
import { createApplyChanges } from './records/applyChanges.ts';
import { readChanges } from './records/changesJson.ts';
import { createSearchIndex } from './search/searchIndex.ts';
import { createSearchQueries } from './search/searchQueries.ts';
import { createTicketList } from './ticketList/ticketList.ts';
import type { WorkerAnswer, WorkerRequest, WorkerTaskName, WorkerTasks } from './workerMessages.ts';

/** Entry of the worker thread: bulk applies and searches, on a connection of its own. */
const port = parentPort;
if (!port) throw new Error('cacheWorker runs in a worker thread only');

const access: Access = workerData;
const db = connect(access, { cacheKiB: 16_384, checkpointPages: 1000 });
const apply = createApplyChanges(db, createMeta(db));
const own = createOwnRange(db);
const repair = createRepair(db);
const queries = createSearchQueries(db);
const index = createSearchIndex(db);
const { similar } = createSimilarReads(db);
const duplicates = createDuplicateWalk(db);
const customers = createCustomerWalk(db);
const articleIndex = createArticleIndex(db);
const articles = createArticleSearch(db);
const tickets = createTicketList(db);

/** Pause between two batches, ms: SQLite gives the lock to whoever asks, and the desk must get a turn. */
const pauseMs = 10;
let indexing = false;

/** One batch a turn: a page or a search that arrives meanwhile comes in between. */
function indexLater(): void {
  if (indexing) return;
  indexing = true;
  setTimeout(() => {
    indexing = false;
    if (!db.open) return;
    try {
      if (index.indexSome()) indexLater();
    } catch {
      // Stays due: the next page or search tries again and reports what is wrong.
    }
  }, pauseMs);
}

/** How long a part of a walk over all customers takes, ms: a search waits for it at most. */
const walkMs = 40;

/** So that a search finds what was just written; a long list goes on behind it. True where more is left. */
function indexFirst(): boolean {
  const more = index.catchUp();
  if (more) indexLater();
  return more;
}

function run(request: WorkerRequest): WorkerTasks[WorkerTaskName]['output'] {
  switch (request.task) {
    case 'apply': {
      const { changes, cursor, serverTime, mark } = request.input;
      const read = changes instanceof Uint8Array ? readChanges(changes) : changes;
      return apply(read, cursor, serverTime, mark);
    }
    case 'hash':
      return own.hash(request.input, request.input.without);
    case 'repair':
      return repair(request.input);
    case 'customers':
      indexFirst();
      return queries.customers(request.input);
    case 'everything':
      return queries.everything(request.input, indexFirst());
    case 'similar':
      indexFirst();
      return similar(request.input.wanted, request.input.limit);
    case 'duplicates':
      return duplicates.walk(request.input.after, walkMs);
    case 'stale':
      return customers.stale(request.input, walkMs);
    case 'bulkPlan':
      return customers.plan(request.input, walkMs);
    case 'articles':
      articleIndex.first();
      return articles.search(request.input.text, request.input.all, request.input.limit);
    case 'suggestArticles':
      articleIndex.first();
      return articles.suggest(request.input);
    case 'ticketList':
      return tickets.query(request.input);
    case 'ticketIds':
      return tickets.ids(request.input);
    case 'ticketTags':
      return tickets.tags();
    case 'index':
      articleIndex.later();
      indexLater();
      return null;
    case 'close':
      db.close();
      return null;
  }
}

port.on('message', (request: WorkerRequest) => {
  port.postMessage(answer(request));
  if (request.task === 'close') port.close();
});

function answer(request: WorkerRequest): WorkerAnswer {
  try {
    return { id: request.id, ok: true, value: run(request) };
  } catch (thrown) {
    return { id: request.id, ok: false, error: failureOf(toDeskError(thrown)) };
  }
}

function failureOf(error: unknown): Failure | string {
  if (error instanceof DeskError) return { code: error.code, message: error.message };
  return error instanceof Error ? error.message : String(error);
}
