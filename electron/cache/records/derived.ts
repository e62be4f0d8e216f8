import { parseNumber } from '#shared/domain/numbers/parse.ts';
import { foldText } from '#shared/domain/text/text.ts';
import type { EntityName } from '#shared/sync/entities.ts';

/** A column computed from the fields, for lookups only. */
export interface DerivedColumn {
  name: string;
  of(fields: Record<string, unknown>): string | null;
}

const suffixDigits = 7;

/** Derived columns of each typed table; a change of a rule needs a migration that writes them anew. */
export const derivedColumns: Partial<Record<EntityName, readonly DerivedColumn[]>> = {
  customer: [{ name: 'nameKey', of: ({ name }) => foldText(String(name)) }],
  contactPoint: [{ name: 'suffixKey', of: suffixKeyOf }],
};

/** Suffix key of a telephone number as stored (see shared/domain/numbers/keys.ts); null without one. */
function suffixKeyOf(point: Record<string, unknown>): string | null {
  const { kind, normal, raw } = point;
  if (kind !== 'phone') return null;
  if (typeof normal !== 'string') return lastDigits(String(raw));
  if (normal.startsWith('+')) return lastDigits(normal);
  if (!normal.startsWith('short:')) return null;
  const code = normal.slice('short:'.length);
  return parseNumber(code, { country: 'CN' }).matchKeys.suffixKey ?? code;
}

function lastDigits(text: string): string | null {
  const digits = text.replace(/\D/g, '');
  return digits.length < suffixDigits ? null : digits.slice(-suffixDigits);
}
