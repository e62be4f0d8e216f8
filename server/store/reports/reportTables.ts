import type { Generated } from 'kysely';

/** See migrations/0022_report.ts. Times are ms UTC. */
export interface ReportSavedTable {
  id: string;
  version: number;
  name: string;
  request: unknown;
  shared: boolean;
  schedule: unknown;
  format: string;
  delivery: unknown;
  by_id: string;
  by_name: string;
  changed_at: number;
  next_at: number | null;
}

export interface ReportRunTable {
  id: string;
  saved_id: string;
  due_at: number;
  state: string;
  attempts: Generated<number>;
  delivered_at: number | null;
  next_at: number | null;
  error: string | null;
}

export interface DailyTargetTable {
  id: string;
  /** `agents` and `teams` with an empty id: for all of them. */
  subject_kind: string;
  subject_id: string;
  measure: string;
  value: number | null;
  from_date: string;
  by_id: string;
  by_name: string;
  at: number;
}

export interface DailyEntryTable {
  id: string;
  seq: Generated<number>;
  date: string;
  subject_kind: string;
  subject_id: string;
  problems: string;
  plan: string;
  by_id: string;
  by_name: string;
  at: number;
}
