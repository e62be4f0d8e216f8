import type { Generated } from 'kysely';

/** Newest state of one synced record, and its place in the change feed. */
export interface RecordTable {
  entity: string;
  id: string;
  version: number;
  fields: Record<string, unknown>;
  clocks: Record<string, string>;
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
}

export interface SessionTable {
  /** SHA-256 of the token, hex: a stolen table opens nothing. */
  token_hash: string;
  user_id: string;
  device: string;
  created_at: number;
  expires_at: number;
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
}

export interface CounterTable {
  name: string;
  value: number;
}

export interface MetaTable {
  key: string;
  value: string;
}

/** See lineage.ts. */
export interface LineageTable {
  token: string;
  xid: Generated<string>;
}

export interface Tables {
  record: RecordTable;
  operation: OperationTable;
  account: AccountTable;
  session: SessionTable;
  sign_in_attempt: SignInAttemptTable;
  audit: AuditTable;
  counter: CounterTable;
  meta: MetaTable;
  lineage: LineageTable;
}
