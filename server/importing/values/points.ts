import { parseNumber } from '#shared/domain/numbers/parse.ts';
import type { HomeCountry } from '#shared/domain/numbers/types.ts';
import { foldText } from '#shared/domain/text/text.ts';
import { emailNormal } from '../keys.ts';
import type { PointDraft } from '../rows/draft.ts';

const maxRaw = 500;
const single = /^\+?\d+$/;
/** Between several numbers in one cell. */
const between = /[\n;；、|]|\s+\/\s+|[,，](?=\s*[+(\d])|\s{3,}/u;
const email = /^[^\s@"(),:;<>[\]\\]{1,64}@[^\s@"(),:;<>[\]\\]+\.[^\s@"(),:;<>[\]\\.]{2,63}$/u;
const chineseMobile = /^\+861[3-9]/;

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
  if (raw.length > maxRaw) return null;
  const { kind, matchKeys, extension } = parseNumber(raw, home);
  const normal = matchKeys.exactKey;
  // No customer is reached at an extension of the house.
  if (normal === undefined || kind === 'internal') return null;
  const byNumber = label === 'byNumber' || (label === 'mobile' && isChineseLandline(normal));
  const named = byNumber ? labelOf(normal, home) : label;
  return { kind: 'phone', label: named, raw, normal, extension: extension ?? null };
}

function isChineseLandline(normal: string): boolean {
  return normal.startsWith('+86') && !chineseMobile.test(normal);
}

/** Chinese numbers tell whether they are mobile. */
function labelOf(normal: string, home: HomeCountry): PointDraft['label'] {
  if (chineseMobile.test(normal)) return 'mobile';
  return home.country === 'CN' && isChineseLandline(normal) ? 'landline' : 'other';
}

export function readEmails(text: string): (PointDraft | null)[] {
  return text
    .split(/[\s;；,，]+/)
    .filter(Boolean)
    .map((part) => {
      const raw = part.replace(/^mailto:/i, '').replace(/^<|>$/g, '');
      if (raw.length > maxRaw || !email.test(raw)) return null;
      return { kind: 'email', label: 'other', raw, normal: emailNormal(raw), extension: null };
    });
}

export function readAddress(text: string): PointDraft | null {
  if (text.length > maxRaw) return null;
  return { kind: 'address', label: 'other', raw: text, normal: foldText(text), extension: null };
}
