import { type LineKind, lineKindOf } from '#shared/domain/numbers/lineKind.ts';
import { parseNumber } from '#shared/domain/numbers/parse.ts';
import type { HomeCountry } from '#shared/domain/numbers/types.ts';
import { maxLineLength } from '#shared/domain/primitives.ts';
import { foldText } from '#shared/domain/text/text.ts';
import { emailNormal } from '../keys.ts';
import type { PointDraft } from '../rows/draft.ts';

const single = /^\+?\d+$/;
/** Between several numbers in one cell. */
const between = /[\n;；、|]|\s+\/\s+|[,，](?=\s*[+(\d])|\s{3,}/u;
const email = /^[^\s@"(),:;<>[\]\\]{1,64}@[^\s@"(),:;<>[\]\\]+\.[^\s@"(),:;<>[\]\\.]{2,63}$/u;

/** `byNumber`: the column does not say, each number does. */
export type PhoneLabel = PointDraft['label'] | 'byNumber';

/** The numbers of a cell; null stands for one that is none. */
export function readPhones(
  text: string,
  label: PhoneLabel,
  home: HomeCountry,
): (PointDraft | null)[] {
  if (single.test(text)) return [readPhone(text, label, home)];
  const parts = text
    .split(between)
    .map((part) => part.trim())
    .filter(Boolean);
  return parts.map((part) => readPhone(part, label, home));
}

function readPhone(raw: string, label: PhoneLabel, home: HomeCountry): PointDraft | null {
  if (raw.length > maxLineLength) return null;
  const parsed = parseNumber(raw, home);
  const { kind, matchKeys, extension } = parsed;
  const normal = matchKeys.exactKey;
  // No customer is reached at an extension of the house.
  if (normal === undefined || kind === 'internal') return null;
  const named = labelOf(label, lineKindOf(parsed));
  return { kind: 'phone', label: named, raw, normal, extension: extension ?? null };
}

/** A column of mobile numbers is believed, but for numbers that tell that they are none. */
function labelOf(label: PhoneLabel, told: LineKind | null): PointDraft['label'] {
  if (label === 'byNumber') return told ?? 'other';
  return label === 'mobile' ? (told ?? label) : label;
}

export function readEmails(text: string): (PointDraft | null)[] {
  return text
    .split(/[\s;；,，]+/)
    .filter(Boolean)
    .map((part) => {
      const raw = part.replace(/^mailto:/i, '').replace(/^<|>$/g, '');
      if (raw.length > maxLineLength || !email.test(raw)) return null;
      return { kind: 'email', label: 'other', raw, normal: emailNormal(raw), extension: null };
    });
}

export function readAddress(text: string): PointDraft | null {
  if (text.length > maxLineLength) return null;
  return { kind: 'address', label: 'other', raw: text, normal: foldText(text), extension: null };
}
