import { neutralised } from '#shared/domain/text/neutralise.ts';
import type { SeveralRow } from './severalStore.ts';

const byteOrderMark = '\ufeff';

/** Who was made, with the one-time password: lines for a spreadsheet. */
export function passwordLines(rows: readonly SeveralRow[], head: readonly string[]): string[][] {
  const made = rows.flatMap(({ draft, password }) =>
    password === null ? [] : [[draft.login, draft.name, password]],
  );
  return [[...head], ...made];
}

/** RFC 4180, with what a spreadsheet would take for a formula made a text, as exports do. */
export function csvOf(lines: readonly (readonly string[])[]): string {
  const quoted = (cell: string) => {
    const text = neutralised(cell);
    return /[",\r\n]|^[\s']|\s$/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return byteOrderMark + lines.map((line) => `${line.map(quoted).join(',')}\r\n`).join('');
}

/** For the clipboard: what a spreadsheet takes apart again. */
export function tabsOf(lines: readonly (readonly string[])[]): string {
  return lines
    .map((line) => line.map((cell) => neutralised(cell).replaceAll(/[\t\r\n]/gu, ' ')).join('\t'))
    .join('\n');
}
