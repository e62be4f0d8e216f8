import { neutralised } from '#shared/domain/text/neutralise.ts';
import type { Delimiter } from '#shared/sync/importing.ts';

export const byteOrderMark = '\ufeff';

/** One row of RFC 4180, with its line end; quoted where it has to be. */
export function csvLine(cells: readonly string[], delimiter: Delimiter): string {
  return `${cells.map((cell) => quoted(neutralised(cell), delimiter)).join(delimiter)}\r\n`;
}

function quoted(cell: string, delimiter: string): string {
  const needed = cell.includes(delimiter) || /["\r\n]|^[\s']|\s$/.test(cell);
  return needed ? `"${cell.replaceAll('"', '""')}"` : cell;
}
