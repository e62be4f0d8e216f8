import type { ArticleHit } from '#shared/contract/methods/knowledge.ts';
import type {
  DuplicatePair,
  SimilarCustomer,
  StaleCustomer,
} from '#shared/contract/methods/quality.ts';
import type { Found } from '#shared/contract/methods/search.ts';
import type { SearchHit } from '#shared/contract/models/records.ts';
import type { Likeness } from '#shared/domain/customers/duplicates.ts';
import type { Failure } from '#shared/result.ts';
import type { EntityName } from '#shared/sync/entities.ts';
import type { PageChanges } from './cache.ts';
import type { CheckRange } from './check/ownRange.ts';
import type { Repaired, RepairInput } from './check/repair.ts';
import type { SuggestWish } from './knowledge/articleSearch.ts';
import type { BulkWish, PlannedChange, StaleWish } from './quality/customerWalk.ts';
import type { WalkPart } from './quality/duplicateWalk.ts';
import type { PageMark } from './records/applyChanges.ts';
import type { SearchInput } from './search/searchQueries.ts';
import type { ListPart, ListWish } from './ticketList/ticketList.ts';

/** What the desk's main thread asks of the cache's worker thread. */
export interface WorkerTasks {
  apply: {
    input: { changes: PageChanges; cursor: string | null; serverTime: number; mark: PageMark };
    output: EntityName[];
  };
  /** What a range of records comes to, without some of them. */
  hash: { input: CheckRange & { without: string[] }; output: string };
  repair: { input: RepairInput; output: Repaired };
  customers: { input: SearchInput; output: SearchHit[] };
  everything: { input: SearchInput; output: Found };
  similar: { input: { wanted: Likeness; limit: number }; output: SimilarCustomer[] };
  /** Parts of walks over all customers; each takes a moment, so that searches come in between. */
  duplicates: { input: { after: string | null }; output: WalkPart<DuplicatePair> };
  stale: { input: StaleWish; output: WalkPart<StaleCustomer> };
  bulkPlan: { input: BulkWish; output: WalkPart<PlannedChange> };
  articles: { input: { text: string; all: boolean; limit: number }; output: ArticleHit[] };
  suggestArticles: { input: SuggestWish; output: ArticleHit[] };
  ticketList: { input: ListWish; output: ListPart };
  ticketIds: {
    input: Omit<ListWish, 'from' | 'count'>;
    output: { total: number; ids: string[] };
  };
  ticketTags: { input: null; output: string[] };
  /** Index what is due; answers at once, the work goes on between other tasks. */
  index: { input: null; output: null };
  close: { input: null; output: null };
}
export type WorkerTaskName = keyof WorkerTasks;

export type WorkerRequest = {
  [T in WorkerTaskName]: { id: number; task: T; input: WorkerTasks[T]['input'] };
}[WorkerTaskName];

export type WorkerAnswer =
  | { id: number; ok: true; value: WorkerTasks[WorkerTaskName]['output'] }
  | { id: number; ok: false; error: Failure | string };
