import type { FileFailure } from '#shared/sync/importing.ts';

/** A cell that a spreadsheet holds and that has no value of its own. */
export interface CellFault {
  column: number;
  reason: 'cell-error' | 'formula-without-value';
  /** Such as `#N/A`. */
  value: string;
}

/** One row of a file, whatever its format: cells are texts, numbers with a point, days as in ISO 8601. */
export interface SourceRow {
  /** Row in the file, or card, from 1; a header counts. */
  row: number;
  cells: string[];
  faults?: CellFault[];
}

/** The file cannot be read (further). */
export class FileError extends Error {
  override readonly name = 'FileError';
  readonly failure: FileFailure;
  readonly row: number | null;

  constructor(failure: FileFailure, row: number | null = null) {
    super(row === null ? failure : `${failure} at row ${row}`);
    this.failure = failure;
    this.row = row;
  }
}

/** Longest row or card, in bytes: what is longer is no row but a wrong quote. */
export const maxRowBytes = 1_048_576;
