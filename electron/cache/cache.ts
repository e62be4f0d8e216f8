import type {
  ArticleCategory,
  ArticleDetail,
  ArticleEdition,
  ArticleHit,
  ArticleRow,
  ScriptView,
  Shelf,
  ShelfList,
} from '#shared/contract/methods/knowledge.ts';
import type {
  DuplicatePair,
  SimilarCustomer,
  StaleCustomer,
} from '#shared/contract/methods/quality.ts';
import type { Found } from '#shared/contract/methods/search.ts';
import type { SavedSegment } from '#shared/contract/methods/segments.ts';
import type { RefusedOperation, TeamView } from '#shared/contract/models/desk.ts';
import type {
  Candidate,
  Card,
  JournalEntry,
  SearchHit,
  TaskView,
  TicketDetail,
  TicketView,
  TimelineEntry,
} from '#shared/contract/models/records.ts';
import type { AgentStateName } from '#shared/domain/agents/agentState.ts';
import type { Configuration } from '#shared/domain/configuration.ts';
import type { Likeness } from '#shared/domain/customers/duplicates.ts';
import type { ParsedNumber } from '#shared/domain/numbers/types.ts';
import type { Role } from '#shared/domain/permissions.ts';
import type { PartKey, PartOf } from '#shared/domain/settings/parts.ts';
import type { EntityName, FieldsOf } from '#shared/sync/entities.ts';
import type { Change, Operation, PushResult } from '#shared/sync/messages.ts';
import type { CheckRange } from './check/ownRange.ts';
import type { CheckProgress } from './check/progress.ts';
import type { Repaired } from './check/repair.ts';
import type { Registration } from './device.ts';
import type { SuggestWish } from './knowledge/articleSearch.ts';
import type { OutboxOperation } from './outbox/outbox.ts';
import type { BulkWish, PlannedChange, StaleWish } from './quality/customerWalk.ts';
import type { WalkPart } from './quality/duplicateWalk.ts';
import type { QualityReads } from './quality/mergeReads.ts';
import type { CustomerReads } from './reads/customerReads.ts';
import type { FollowUpReads } from './reads/followUpReads.ts';
import type { InterventionReads } from './reads/interventionReads.ts';
import type { NotificationReads } from './reads/notificationReads.ts';
import type { SavedViewRow } from './reads/savedViewReads.ts';
import type { TicketPageReads } from './reads/ticketPageReads.ts';
import type { PageMark } from './records/applyChanges.ts';
import type { ListPart, ListWish } from './ticketList/ticketList.ts';

/** A change made at this desk; the cache stamps it, applies it and puts it in the outbox in one transaction. */
export interface LocalChange<E extends EntityName = EntityName> {
  entity: E;
  id: string;
  fields: Partial<FieldsOf<E>>;
}

/** A user who can be called, with what the user does now; all null where nobody told. */
export interface Colleague {
  id: string;
  name: string;
  teamId: string | null;
  extension: string;
  role: Role;
  state: AgentStateName | null;
  reason: string | null;
  since: number | null;
}

/** Reads that paint. Synchronous prepared statements: they run on the calling thread (a few ms at most). */
export interface CacheReads {
  /** Reads that belong together: they see one state of the cache, and the file is locked once for all of them. */
  together<T>(read: () => T): T;
  /**
   * Customers by exact key; where there is none, by last digits where `classifyMatch` of
   * shared/domain/numbers says `maybe`. Exact ones first, then by the newest contact. At most 20.
   */
  candidates(number: ParsedNumber): Candidate[];
  /** Whose this very number is; null where it is nobody's, or stands in several records. */
  soleOwner(number: ParsedNumber): string | null;
  /** Names of the customers that have this very number, at most 200; nothing else is read. */
  customersWith(number: ParsedNumber): Pick<Candidate, 'customerId' | 'name'>[];
  card(customerId: string): Card | null;
  /** The record that stands for this customer: itself unless it was merged into another. */
  winnerOf(customerId: string): string;
  /** Ids of all records of one customer: the winner first, then those merged into it; alone, itself. */
  groupOf(customerId: string): string[];
  quality: QualityReads;
  timeline(customerId: string, before: number | null, limit: number): TimelineEntry[];
  configuration(): Configuration | null;
  /** A part of the configuration, with what is usual where nobody has set it. */
  part<K extends PartKey>(key: K): PartOf<K>;
  /** See reads/segmentReads.ts. */
  segments(): SavedSegment[];
  segment(id: string): SavedSegment | null;
  tickets(view: 'mine' | 'open' | 'all', userId: string, limit: number): TicketView[];
  ticket(ticketId: string): TicketDetail | null;
  /** See reads/ticketPageReads.ts. */
  ticketPage: TicketPageReads;
  /** See reads/notificationReads.ts. */
  notifications: NotificationReads;
  /** See reads/interventionReads.ts. */
  intervention: InterventionReads;
  savedViews(userId: string): SavedViewRow[];
  tasks(ownerId: string | null, limit: number): TaskView[];
  task(taskId: string): TaskView | null;
  journal(agentId: string | null, limit: number): JournalEntry[];
  journalEntry(callId: string): JournalEntry | null;
  team(callLimit: number): TeamView;
  record<E extends EntityName>(entity: E, id: string): FieldsOf<E> | null;
  draft(key: string): string | null;
  /** Calls of this agent whose record has no end: the desk died while they were on. */
  callsWithoutEnd(agentId: string, limit: number): { callId: string; fields: FieldsOf<'call'> }[];
  /** Calls of this agent, also those with colleagues, newest first. */
  recentCalls(agentId: string, limit: number): { callId: string; fields: FieldsOf<'call'> }[];
  /** Active users with an extension, by name. */
  colleagues(): Colleague[];
  /** Tickets opened from the call. */
  ticketIdsOf(callId: string): string[];
  /** Calls of this agent that ended without a saved wrap-up, newest first (ids of `call` records). */
  callsWithoutWrapUp(
    agentId: string,
    limit: number,
  ): { callId: string; fields: FieldsOf<'call'> }[];
  knowledge: KnowledgeReads;
  /** See reads/followUpReads.ts. */
  followUp: FollowUpReads;
  /** See reads/customerReads.ts. */
  customers: CustomerReads;
  outbox(): { waiting: number; waitingSince: number | null; refused: RefusedOperation[] };
  /** Changes that the server does not have: refused ones first, then waiting ones in the order they were made. */
  outboxOperations(limit: number): OutboxOperation[];
}

/** Articles and scripts, and what a wrap-up can choose from. `today` is `YYYY-MM-DD`. */
export interface KnowledgeReads {
  shelves(today: string, favourites: readonly string[]): ShelfList;
  articles(
    wish: { shelf: Shelf; category: ArticleCategory | null; today: string; limit: number },
    favourites: readonly string[],
  ): ArticleRow[];
  article(articleId: string, userId: string, favourites: readonly string[]): ArticleDetail | null;
  editions(articleId: string): ArticleEdition[];
  scripts(): ScriptView[];
  /** Tags of the newest wrap-ups of this agent, the most used first. */
  usedTags(agentId: string, limit: number): string[];
  /** Open tickets of a customer that can be linked to a call. */
  linkableTickets(
    customerId: string,
    limit: number,
  ): { id: string; no: string | null; subject: string }[];
  /** The call-back that came of a wrap-up, while it is open. */
  followUpOf(callId: string): string | null;
}

/** Reads that may be slow: they run on the worker thread. */
export interface CacheSearch {
  /** Lists of tickets, whichever way they are filtered and sorted. */
  tickets: {
    list(wish: ListWish): Promise<ListPart>;
    ids(wish: Omit<ListWish, 'from' | 'count'>): Promise<{ total: number; ids: string[] }>;
    tags(): Promise<string[]>;
  };
  customers(text: string, limit: number): Promise<SearchHit[]>;
  /** Customers, tickets, notes and titles of articles with all the words; `limit` of each kind. */
  everything(text: string, limit: number): Promise<Found>;
  /** Customers who look like the one that is being registered, the likeliest first. */
  similar(wanted: Likeness, limit: number): Promise<SimilarCustomer[]>;
  /** Published articles in which every word stands; with `all` drafts as well. */
  articles(text: string, all: boolean, limit: number): Promise<ArticleHit[]>;
  suggestArticles(wish: SuggestWish): Promise<ArticleHit[]>;
}

/** Walks over all customers, in parts of some 40 ms on the worker thread; each part says where the next begins. */
export interface CacheWalks {
  duplicates(after: string | null): Promise<WalkPart<DuplicatePair>>;
  stale(wish: StaleWish): Promise<WalkPart<StaleCustomer>>;
  bulkPlan(wish: BulkWish): Promise<WalkPart<PlannedChange>>;
}

export interface CacheWrites {
  /** One transaction: local effect and outbox together. Throws DeskError `disk-full`, `invalid-input`. */
  change(changes: LocalChange[], authorId: string): void;
  putDraft(key: string, json: string): void;
  removeDraft(key: string): void;
}

/** The comparison of this desk's records with what the server shows it. Reads and writes run on the worker thread. */
export interface CacheCheck {
  progress: CheckProgress;
  /** SHA-256 over a range, without some of its records; see server/store/feed/ranges.ts. */
  hash(range: CheckRange, without: string[]): Promise<string>;
  /** Makes a range what the server has of it. What waits in the outbox stays. */
  repair(range: CheckRange, changes: Change[]): Promise<Repaired>;
}

/** Changes of a page: read and checked, or the JSON of a large page, which nobody has looked at yet and
 * which is handed over: nothing is left of it here. */
export type PageChanges = Change[] | Uint8Array<ArrayBuffer>;

/** What sync needs of the cache. */
export interface CacheSync {
  cursor(): string | null;
  /**
   * Applies a page and stores the cursor in the same transaction (worker thread when the page is large). Another
   * scope than before begins a comparison of all records with the server's. Rejects where the JSON of a page is not
   * what a server says.
   */
  apply(
    changes: PageChanges,
    cursor: string | null,
    serverTime: number,
    mark?: PageMark,
  ): Promise<EntityName[]>;
  /** What this desk may see, in the server's word; null before it said one. */
  scope(): string | null;
  /** Records of the first sync that came, and how many there are to come, about; null: the server did not say. */
  firstSync(): { received: number; total: number | null };
  check: CacheCheck;
  /** Line of the server's history that the last page came from. */
  lineage(): string | null;
  setLineage(lineage: string): void;
  /** The line under which the server has told what it knows of this desk's operations. */
  lineageAsked(): string | null;
  setLineageAsked(lineage: string): void;
  /**
   * The server's database is older than this desk's records: whatever comes now counts, however old its version
   * looks, and everything comes again.
   */
  beginAgain(): void;
  /** Ids of operations the server has taken in the last weeks, behind `after`, oldest first. */
  sentIds(after: string, limit: number): string[];
  /** The server has lost these: they wait in the outbox once more. */
  offerAgain(operationIds: string[]): void;
  /** As the server takes them: of lists that it does not merge by element, the whole list. */
  nextOperations(limit: number): Operation[];
  /** Takes acknowledged operations off the outbox; refused ones move to the list the agent sees. */
  acknowledge(results: PushResult[]): void;
  discardRefused(operationId: string): void;
  /**
   * Offers a refused change again, under another id; with `edits` as a change made now. Throws `not-found`, and
   * `invalid-input` with the field.
   */
  retryRefused(operationId: string, edits?: Record<string, unknown>): void;
  /** The instance under which the server knows this desk; null before the first registration. */
  instance(): string | null;
  /** What to register with the server; the same until `registered` is called with it. */
  registration(): Registration;
  registered(instance: string): void;
  /** Another desk goes on under this device id: this one takes a new one. What waits goes on waiting. */
  renewDevice(): void;
  /** What the server understands, as it said last; null before it said anything. */
  serverKnows(): string | null;
  setServerKnows(knows: string): void;
  /** Fields that the server merges element by element; before anything is said, whatever this desk does. */
  setServerLists(names: readonly string[]): void;
  /** Gives up stamps that a wrong clock has driven far ahead, once nothing waits. True where there were any. */
  mendClock(): boolean;
  /** Server time minus desk time, ms: corrects the clock of later stamps. */
  setClockOffset(offsetMs: number): void;
  /** False until every record the server had at the first sign-in has arrived. */
  firstSyncDone(): boolean;
  markFirstSyncDone(): void;
}

/** A damaged database was set aside at the start; all records come again from the server. */
export interface Rebuilt {
  /** Absolute path of the damaged file. */
  setAside: string;
  /** Changes and drafts of this desk that were carried over. */
  operations: number;
  drafts: number;
}

export interface Cache extends CacheReads, CacheWrites, CacheSync {
  search: CacheSearch;
  walks: CacheWalks;
  /** Told after every committed change, with the entities it touched. */
  listen(listener: (entities: EntityName[], local: boolean) => void): () => void;
  deviceId(): string;
  /** What had to be rebuilt when this cache was opened; null after an ordinary start. */
  rebuilt(): Rebuilt | null;
  close(): Promise<void>;
}
