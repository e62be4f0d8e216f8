import type { JobStatus, NewJob } from '../store/jobs.ts';
import type { Db, Tx } from '../store/store.ts';

/**
 * A job is run **at least once**: a node that dies in the middle leaves it to another one. So a handler has to be
 * idempotent: what it did before is either found and left alone, or is written in a transaction that also calls
 * `fence`, which fails once somebody else has taken the job.
 */
export interface JobRun {
  id: string;
  payload: Record<string, unknown>;
  /** From 1. */
  attempt: number;
  /**
   * Aborted when the job is cancelled, the process stops, or the lease was lost (the database was out of reach for too
   * long). A handler then throws soon (`signal.throwIfAborted()`); after a stop another node begins the job anew. A
   * handler that returns has done its job.
   */
  signal: AbortSignal;
  /** Inside a transaction: throws `JobLostError` where another node has taken the job, else keeps it from that. */
  fence(tx: Tx): Promise<void>;
}

/** `againInMs`: run once more after so long. */
// biome-ignore lint/suspicious/noConfusingVoidType: most handlers return nothing.
export type JobOutcome = { againInMs: number } | void;
export type JobHandler = (run: JobRun) => Promise<JobOutcome>;

export interface JobKindOptions {
  /** How many of the kind run at once in one process. */
  concurrency?: number;
  /** A recurring kind: once in every such period of the clock over all nodes, beginning with the running one. */
  everyMs?: number;
}

/** Trying again makes no sense: the job fails at once, with this message as its error. */
export class FinalJobError extends Error {
  override readonly name = 'FinalJobError';
}

/** Another node has taken the job meanwhile, or it was given up: nothing of it may be written any more. */
export class JobLostError extends Error {
  override readonly name = 'JobLostError';
}

export interface JobTimes {
  /** A job whose node did not say for so long that it runs it is taken by another. */
  leaseMs: number;
  /** The longest pause between two looks for jobs, should a notification be lost. */
  pollMs: number;
  /** How long a stop waits for handlers to end. */
  stopMs: number;
  /** First pause before another attempt; doubled with every further one. */
  retryMs: number;
  maxRetryMs: number;
}

export const defaultJobTimes: JobTimes = {
  leaseMs: 15_000,
  pollMs: 30_000,
  stopMs: 10_000,
  retryMs: 1_000,
  maxRetryMs: 3_600_000,
};

export type JobLog = (
  level: 'info' | 'warn' | 'error',
  message: string,
  fields?: Record<string, unknown>,
) => void;

export interface Jobs {
  /** Say what does the jobs of a kind; before `start`. */
  handle(kind: string, handler: JobHandler, options?: JobKindOptions): void;
  /** Add a job; with a transaction it is there if and when that commits. Answers its id. */
  add(db: Db | Tx, job: NewJob): Promise<string>;
  /** Null where there is none, or it is done. */
  find(id: string): Promise<JobStatus | null>;
  /** A waiting or failed job is removed; the handler of a running one has its signal aborted. */
  cancel(db: Db | Tx, id: string): Promise<void>;
  start(): Promise<void>;
  /** Take no more, abort what runs, give back what did not end by itself. */
  stop(): Promise<void>;
}
