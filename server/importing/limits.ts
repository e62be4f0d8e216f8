import type { ServerOptions } from '../options.ts';

export interface ImportingLimits {
  /** Largest file, bytes. */
  maxBytes: number;
  /** How many batches are written at the same time, each in a transaction of its own. */
  lanes: number;
  /** Rows of a batch. */
  batchRows: number;
}

const defaultImportMegabytes = 512;

/** PGlite has one connection: there are no lanes. */
export function importingLimits({ database, importing }: ServerOptions): ImportingLimits {
  return {
    maxBytes: defaultImportMegabytes * 1_048_576,
    lanes: database.kind === 'postgres' ? 2 : 1,
    batchRows: database.kind === 'postgres' ? 5_000 : 2_000,
    ...importing,
  };
}
