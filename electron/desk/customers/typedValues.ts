import { readFieldValue } from '#shared/domain/customers/fieldValues.ts';
import { parseNumber } from '#shared/domain/numbers/parse.ts';
import type { HomeCountry } from '#shared/domain/numbers/types.ts';
import { maxLineLength, maxTextLength } from '#shared/domain/primitives.ts';
import type { FormField } from '#shared/domain/settings/customerForm.ts';
import { isBlank, storableLine, storableText } from '#shared/domain/text/plainText.ts';
import { foldText } from '#shared/domain/text/text.ts';
import type { FieldsOf } from '#shared/sync/entities.ts';
import { misfit } from './parts.ts';

type Point = FieldsOf<'contactPoint'>;

/** Longest name, number, e-mail or address. */
/** Something before and after one @, a dot in the domain, no white space: the rest the mail server knows. */
const mailLike = /^[^\s@]+@[^\s@]+\.[^\s@]+$/u;

/** A name as it is stored. Throws `invalid-input`: spaces alone are no name. */
export function readName(typed: string): string {
  const name = storableLine(typed);
  if (isBlank(name)) throw misfit('name', 'blank');
  if (name.length > maxLineLength) throw misfit('name', 'tooLong');
  return name;
}

/** A note, null where nothing is to be seen of it. */
export function readNote(typed: string | null): string | null {
  if (typed === null || isBlank(typed)) return null;
  const note = storableText(typed);
  if (note.length > maxTextLength) throw misfit('pinnedNote', 'tooLong');
  return note;
}

export function readTags(typed: readonly string[]): string[] {
  const tags = typed.filter((tag) => !isBlank(tag)).map((tag) => storableLine(tag).trim());
  return [...new Set(tags)];
}

/** Values of the form as they are stored, by field. Throws `invalid-input` with `profile.<id>`. */
export function readProfile(
  typed: Readonly<Record<string, string>>,
  form: readonly FormField[],
  currency: string,
): Map<string, string> {
  const fields = new Map(form.map((field) => [field.id, field]));
  const values = new Map<string, string>();
  for (const [id, text] of Object.entries(typed)) {
    const field = fields.get(id);
    if (!field) throw misfit(`profile.${id}`, 'unknownField');
    const read = readFieldValue(field, text, currency);
    if (!read.ok) throw misfit(`profile.${id}`, read.problem);
    values.set(id, read.value);
  }
  return values;
}

/** What a number, e-mail or address is stored as. `place` names it where it does not fit. */
export function readPoint(
  kind: Point['kind'],
  typed: string,
  place: string,
  home: HomeCountry,
): Pick<Point, 'raw' | 'normal' | 'extension'> {
  const raw = storableLine(typed);
  if (isBlank(raw)) throw misfit(place, 'blank');
  if (raw.length > maxLineLength) throw misfit(place, 'tooLong');
  if (kind === 'phone') {
    if (!/\p{Nd}/u.test(raw)) throw misfit(place, 'noDigits');
    const { matchKeys, extension } = parseNumber(raw, home);
    return { raw, normal: matchKeys.exactKey ?? null, extension: extension ?? null };
  }
  if (kind === 'email' && !mailLike.test(raw.trim().normalize('NFKC'))) {
    throw misfit(place, 'noMail');
  }
  return { raw, normal: foldText(raw), extension: null };
}
