import { formatNumber } from '#shared/domain/numbers/format.ts';
import { parseNumber } from '#shared/domain/numbers/parse.ts';
import type { HomeCountry } from '#shared/domain/numbers/types.ts';

/** A number, however it was typed, as people read it; any other way to reach a customer as it is. */
export function readable(text: string, home: HomeCountry): string {
  if (!/^[+\d()（）.\s-]+$/u.test(text.normalize('NFKC'))) return text;
  return formatNumber(parseNumber(text, home).matchKeys.exactKey ?? text, home, 'screen');
}

/** Rows of a list with the way to reach each customer in readable form. */
export function withReadableHint<C extends { hint: string | null }>(
  rows: readonly C[],
  home: HomeCountry,
): C[] {
  return rows.map((row) => ({ ...row, hint: row.hint && readable(row.hint, home) }));
}
