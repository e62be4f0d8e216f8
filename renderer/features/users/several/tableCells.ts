import { CsvError, parse } from 'csv-parse/browser/esm/sync';

const delimiters = ['\t', ',', ';', '，'] as const;
/** Of a table that is read at once; a centre has thousands of people at most. */
export const maxTableBytes = 2_000_000;

/** Cells of a table as it comes out of a spreadsheet (tabs) or a CSV file; null where its quotes do not close. */
export function cellsOf(text: string): string[][] | null {
  const [first = ''] = text.split('\n', 1);
  const countOf = (delimiter: string) => first.split(delimiter).length;
  const delimiter = delimiters.reduce((best, one) => (countOf(one) > countOf(best) ? one : best));
  const options = { delimiter, bom: true, relax_column_count: true, skip_empty_lines: false };
  try {
    return parse(text, options) as string[][];
  } catch (error) {
    if (error instanceof CsvError) return null;
    throw error;
  }
}

/** The text of a file: UTF-8, else as spreadsheets in Chinese write it (GB 18030). */
export function textOfFile(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}
