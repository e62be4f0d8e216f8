import type { FoundText } from '#shared/contract/methods/search.ts';
import { soundsOf } from '#shared/domain/text/pinyinWords.ts';
import { foldText } from '#shared/domain/text/text.ts';

export type TextField = FoundText['field'];

/** One text of a record that is searched. */
export interface SearchText {
  field: TextField;
  /** As people read it. */
  raw: string;
  /** As it is compared: folded, numbers as digits. */
  folded: string;
  /** How a name sounds; empty elsewhere. */
  sounds: { full: string; initials: string }[];
}

export interface CustomerRow {
  key: number;
  id: string;
  name: string;
  no: string | null;
  kind: 'person' | 'company';
  valueClass: 'A' | 'B' | 'C';
  profile: string;
  pinnedNote: string | null;
}

export interface PointRow {
  customerId: string;
  kind: string;
  raw: string;
  normal: string | null;
}

/** More of a note is not searched: nobody remembers its end, and the index would grow without limit. */
const longestText = 2000;
const mostProfileTexts = 30;
/** Dates, numbers, codes of languages and choices: no texts that anybody looks for. */
const noText = /^([\d\s.,:/-]*|[a-z]{2}(-[A-Z]{2})?|[a-zA-Z]{1,12})$/;

export function textOf(field: TextField, raw: string): SearchText {
  const cut = raw.slice(0, longestText);
  const folded = field === 'phone' ? cut.replace(/\D/g, '') : foldText(cut);
  return { field, raw: cut, folded, sounds: field === 'name' ? soundsOf(cut) : [] };
}

/** Texts of a customer: the name first. */
export function customerTexts(row: CustomerRow, points: readonly PointRow[]): SearchText[] {
  const texts = [textOf('name', row.name)];
  if (row.no) texts.push(textOf('no', row.no));
  for (const { kind, raw, normal } of points) {
    if (kind === 'phone') texts.push({ ...textOf('phone', normal ?? raw), raw });
    else texts.push(textOf(kind === 'email' ? 'email' : 'address', raw));
  }
  if (row.profile !== '{}') texts.push(...profileTexts(row.profile));
  if (row.pinnedNote) texts.push(textOf('note', row.pinnedNote));
  return texts;
}

function profileTexts(json: string): SearchText[] {
  const profile: Record<string, { value?: unknown }> = JSON.parse(json);
  const texts: SearchText[] = [];
  for (const entry of Object.values(profile)) {
    const value = entry?.value;
    if (typeof value !== 'string' || noText.test(value)) continue;
    texts.push(textOf('profile', value));
    if (texts.length >= mostProfileTexts) break;
  }
  return texts;
}

export interface TicketRow {
  key: number;
  id: string;
  no: string | null;
  subject: string;
  description: string;
}

export function ticketTexts(row: TicketRow, notes: readonly string[]): SearchText[] {
  const texts = [textOf('subject', row.subject)];
  if (row.no) texts.push(textOf('no', row.no));
  if (row.description) texts.push(textOf('description', row.description));
  for (const note of notes) texts.push(textOf('event', note));
  return texts;
}
