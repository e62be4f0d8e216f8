import type { Generated } from 'kysely';
import type {
  AgentCellTable,
  AgentStretchTable,
  AgentTimeCellTable,
  CallAliasTable,
  CallEventTable,
  CallHandleTable,
  DeskSeenTable,
  QueueCellTable,
  QueueEntryTable,
  RingNoAnswerTable,
} from './calls/callEventTables.ts';
import type { InterventionTable, QueueMemberTable } from './interventionTables.ts';
import type {
  DailyEntryTable,
  DailyTargetTable,
  ReportRunTable,
  ReportSavedTable,
} from './reports/reportTables.ts';
import type {
  WebhookDeliveryTable,
  WebhookEventTable,
  WebhookOutboxTable,
  WebhookTable,
} from './webhooks/webhookTables.ts';

/** Newest state of one synced record, and its place in the change feed. */
export interface RecordTable {
  entity: string;
  id: string;
  version: number;
  fields: Record<string, unknown>;
  /** Null where they stand in `clock_set` (clockSets.ts). */
  clocks: Record<string, string> | null;
  clock_set_id: Generated<string | null>;
  /** Transaction that wrote the row last: the feed follows commits, not sequence values. */
  xid: Generated<string>;
  seq: Generated<number>;
  created_at: number;
  updated_at: number;
  /** Audiences (shared/domain/visibility.ts) that saw the record once and may not see it now. */
  former: Generated<string[] | null>;
}

/**
 * Every operation ever received, applied or not: what makes a push exactly-once, and the history of
 * every field, values that lost to a later clock included. Only appended.
 */
export interface OperationTable {
  id: string;
  device: string;
  author: string;
  entity: string;
  entity_id: string;
  base_version: number | null;
  /** Stamp under which the fields were merged; differs from the desk's where that was too far ahead. */
  clock: string;
  made_at: number;
  received_at: number;
  fields: Record<string, unknown>;
  outcome: string;
  version: number | null;
  reason: string | null;
  message: string | null;
  /** Names of the fields that a later write already held. */
  lost: string[];
}

export interface AccountTable {
  user_id: string;
  login_key: string;
  password_hash: string;
  sip_password: string | null;
  /** Until when a one-time password opens; null: the user has an own one. */
  one_time_until: Generated<number | null>;
  signed_in_at: Generated<number | null>;
}

export interface SessionTable {
  /** SHA-256 of the token, hex: a stolen table opens nothing. */
  token_hash: string;
  user_id: string;
  device: string;
  created_at: number;
  expires_at: number;
  /** Null in a session of before there was this column; empty: no phone. */
  extension: string | null;
}

export interface SignInAttemptTable {
  login_key: string;
  failures: number;
  last_at: number;
  locked_until: number | null;
}

/** Who did what to whose call. Only appended; the database refuses to change or remove a row. */
export interface AuditTable {
  id: string;
  at: number;
  action: string;
  user_id: string | null;
  user_name: string;
  device: string | null;
  agent_id: string | null;
  agent_name: string;
  call_ref: string | null;
  mode: string | null;
  reason: string | null;
  /** In words: what was brought in or taken out, and how much. */
  detail: Generated<string | null>;
}

/** See apiKeys.ts. */
export interface ApiKeyTable {
  id: string;
  name: string;
  prefix: string;
  /** SHA-256 of the whole key, hex. */
  secret_hash: string;
  scopes: string[];
  requests_per_minute: number;
  created_at: number;
  created_by: string;
  created_by_name: string;
  expires_at: number | null;
  last_used_at: number | null;
  revoked_at: number | null;
  revoked_by_name: string | null;
}

/** See idempotentRequests.ts. */
export interface IdempotentRequestTable {
  api_key_id: string;
  idempotency_key: string;
  fingerprint: string;
  operation_id: string;
  record_id: string;
  answer: string | null;
  created_at: number;
}

/** See madeRequests.ts. */
export interface MadeRequestTable {
  asker: string;
  key_hash: string;
  fingerprint: string;
  sealed: string;
  created_at: number;
}

/** See externalIds.ts. */
export interface ExternalIdTable {
  entity: string;
  external_id: string;
  record_id: string;
}

export interface CounterTable {
  name: string;
  value: number;
}

export interface MetaTable {
  key: string;
  value: string;
}

/** See server/journal/recordings.ts; `peaks` is base64. */
export interface RecordingShapeTable {
  call_ref: string;
  file_bytes: number;
  modified_at: number;
  duration_ms: number;
  peaks: string;
}

/** See feed/lineage.ts. */
export interface LineageTable {
  token: string;
  xid: Generated<string>;
}

/** See server/jobs/jobs.ts. Done jobs are removed. */
export interface JobTable {
  id: string;
  kind: string;
  key: string | null;
  payload: Record<string, unknown>;
  state: 'waiting' | 'running' | 'failed';
  run_at: number;
  /** Asked for again while it runs: when it shall run once more. */
  again_at: number | null;
  attempts: number;
  max_attempts: number | null;
  lease: string | null;
  lease_until: number | null;
  cancelled: boolean;
  last_error: string | null;
  created_at: number;
}

/** The last period for which a recurring job was made. */
export interface JobPeriodTable {
  kind: string;
  period: number;
}

/** Desks that have registered; see devices.ts. */
export interface DeviceTable {
  id: string;
  instance: string;
  user_id: string;
  seen_at: number;
}

/** See server/importing/importing.ts. */
export interface DataImportTable {
  id: string;
  no: Generated<number>;
  kind: string;
  file_name: string;
  state: string;
  size: number;
  received: Generated<number>;
  settings: unknown;
  /** What was asked for last: `check` or `run`. */
  task: string | null;
  job_id: string | null;
  /** Of a task that has ended. */
  counts: unknown;
  /** Of what is read: the file, or the sheet inside. */
  total_bytes: number | null;
  read_bytes: Generated<number>;
  failure: unknown;
  user_id: string;
  user_name: string;
  language: string;
  created_at: number;
  changed_at: number;
  ended_at: number | null;
}

export interface ImportChunkTable {
  import_id: string;
  /** Where in the file it begins. */
  start: number;
  bytes: Uint8Array;
}

/** One for each batch of rows that is worked off, written with what the batch brought. */
export interface ImportBatchTable {
  import_id: string;
  n: number;
  counts: Record<string, number>;
}

export interface ImportProblemTable {
  import_id: string;
  row_no: number;
  fate: string;
  cells: string[];
  problems: unknown;
}

/** What a dry run has met so far, for what a file says twice. */
export interface ImportSeenTable {
  import_id: string;
  key: string;
}

export interface AttachmentBlobTable {
  sha256: string;
  bytes: number;
  mime: string;
  created_at: number;
}

export interface AttachmentChunkTable {
  sha256: string;
  /** Where in the file it begins. */
  start: number;
  bytes: Uint8Array;
}

export interface Tables {
  attachment_blob: AttachmentBlobTable;
  attachment_chunk: AttachmentChunkTable;
  record: RecordTable;
  operation: OperationTable;
  account: AccountTable;
  session: SessionTable;
  sign_in_attempt: SignInAttemptTable;
  audit: AuditTable;
  api_key: ApiKeyTable;
  idempotent_request: IdempotentRequestTable;
  made_request: MadeRequestTable;
  external_id: ExternalIdTable;
  counter: CounterTable;
  meta: MetaTable;
  data_import: DataImportTable;
  import_chunk: ImportChunkTable;
  import_batch: ImportBatchTable;
  import_problem: ImportProblemTable;
  import_seen: ImportSeenTable;
  lineage: LineageTable;
  device: DeviceTable;
  job: JobTable;
  job_period: JobPeriodTable;
  webhook: WebhookTable;
  webhook_event: WebhookEventTable;
  webhook_delivery: WebhookDeliveryTable;
  webhook_outbox: WebhookOutboxTable;
  recording_shape: RecordingShapeTable;
  call_event: CallEventTable;
  call_alias: CallAliasTable;
  desk_seen: DeskSeenTable;
  queue_entry: QueueEntryTable;
  call_handle: CallHandleTable;
  ring_no_answer: RingNoAnswerTable;
  agent_stretch: AgentStretchTable;
  queue_cell: QueueCellTable;
  agent_cell: AgentCellTable;
  agent_time_cell: AgentTimeCellTable;
  report_saved: ReportSavedTable;
  report_run: ReportRunTable;
  daily_target: DailyTargetTable;
  daily_entry: DailyEntryTable;
  intervention: InterventionTable;
  queue_member: QueueMemberTable;
}
