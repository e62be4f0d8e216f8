import { CsvError, type Options, Parser } from 'csv-parse';
import type { ImportSettings } from '#shared/sync/importing.ts';
import { decoded } from './decoded.ts';
import { FileError, maxRowBytes, type SourceRow } from './rows.ts';

export type CsvSettings = Pick<ImportSettings, 'encoding' | 'delimiter' | 'quote'>;

/** Cells a row may have: more is a file that is no table. */
const maxCells = 2_000;

/**
 * Rows of a delimited text (RFC 4180, and what is usual beside it: other delimiters, quotes inside of plain cells,
 * any line end). Throws `FileError` `row-too-long`, `quote-not-closed` or `too-many-columns`.
 */
export async function* csvRows(
  bytes: AsyncIterable<Uint8Array>,
  settings: CsvSettings,
): AsyncGenerator<SourceRow[]> {
  const parser = new Parser(optionsOf(settings));
  let rows: SourceRow[] = [];
  let row = 0;
  parser.on('data', (cells: string[]) => {
    row += 1;
    if (cells.length > maxCells) parser.destroy(new FileError('too-many-columns', row));
    else rows.push({ row, cells });
  });
  const failed = new Promise<never>((_, reject) => {
    parser.once('error', reject);
  });
  // It is awaited only while something is written.
  failed.catch(() => {});
  const ended = new Promise<void>((resolve) => parser.once('end', resolve));
  try {
    // The parser reads UTF-8 by itself.
    const pieces = settings.encoding === 'utf-8' ? bytes : decoded(bytes, settings.encoding);
    for await (const piece of pieces) {
      await Promise.race([written(parser, piece), failed]);
      if (rows.length === 0) continue;
      yield rows;
      rows = [];
    }
    parser.end();
    await Promise.race([ended, failed]);
    if (rows.length > 0) yield rows;
  } catch (error) {
    throw asFileError(error, row + 1);
  } finally {
    parser.destroy();
  }
}

function optionsOf({ delimiter, quote }: CsvSettings): Options {
  return {
    bom: true,
    delimiter,
    quote: quote === 'none' ? false : quote,
    escape: quote === 'none' ? '"' : quote,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_quotes: true,
    relax_column_count: true,
    max_record_size: maxRowBytes,
  };
}

function written(parser: Parser, piece: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    parser.write(piece, (error) => (error ? reject(error) : resolve()));
  });
}

function asFileError(error: unknown, row: number): unknown {
  if (!(error instanceof CsvError)) return error;
  if (error.code === 'CSV_MAX_RECORD_SIZE') return new FileError('row-too-long', row);
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') return new FileError('quote-not-closed', row);
  return error;
}
