import { distance } from 'fastest-levenshtein';
import { soundsOf } from '../text/pinyinWords.ts';
import { foldText } from '../text/text.ts';

/** Why two records look like one customer, the strongest first. */
export const duplicateReasons = [
  'sameIdentity',
  'sameNumber',
  'sameEmail',
  'sameBirthday',
  'sameName',
  'soundsAlike',
  'similarName',
  'sameAddress',
  'sameFirm',
] as const;
export type DuplicateReason = (typeof duplicateReasons)[number];

/** What is compared of a customer. Numbers, e-mail and postal addresses in their normal forms. */
export interface Likeness {
  name: string;
  kind: 'person' | 'company';
  /** `YYYY-MM-DD` */
  birthday: string | null;
  /** Number of an identity paper, or a company's registration. */
  identity: string | null;
  firm: string | null;
  phones: readonly string[];
  emails: readonly string[];
  addresses: readonly string[];
}

export interface DuplicateScore {
  /** 0 to 100: how sure it is that both are one customer. */
  score: number;
  reasons: DuplicateReason[];
}

/** From here on a pair is worth a look in the list over all customers. */
export const listedScore = 50;
/** From here on a customer is offered while another is being registered. */
export const offeredScore = 25;

/** Share by which a reason makes it more likely, of what was unlikely before. */
const weights: Record<DuplicateReason, number> = {
  sameIdentity: 0.9,
  sameNumber: 0.6,
  sameEmail: 0.6,
  sameBirthday: 0.4,
  sameName: 0.35,
  soundsAlike: 0.28,
  similarName: 0.2,
  sameAddress: 0.35,
  sameFirm: 0.15,
};
/** What speaks against it: a landline is shared by a household, a name by thousands. */
const otherName = 0.6;
const otherBirthday = 0.5;
const otherKind = 0.6;
const otherIdentity = 0.3;
/** Share of letters that must agree. */
const similarFrom = 0.75;

/** How likely two records are one customer, and why. Symmetric; the same for both orders. */
export function scoreOf(a: Likeness, b: Likeness): DuplicateScore {
  const names = namesOf(a.name, b.name);
  const reasons = duplicateReasons.filter((reason) => reason === names || holds(reason, a, b));
  let unlikely = 1;
  for (const reason of reasons) unlikely *= 1 - weights[reason];
  let score = 1 - unlikely;
  if (names === null) score *= otherName;
  if (differ(a.birthday, b.birthday)) score *= otherBirthday;
  if (differ(a.identity, b.identity)) score *= otherIdentity;
  if (a.kind !== b.kind) score *= otherKind;
  return { score: Math.round(score * 100), reasons };
}

function holds(reason: DuplicateReason, a: Likeness, b: Likeness): boolean {
  switch (reason) {
    case 'sameIdentity':
      return same(a.identity, b.identity);
    case 'sameNumber':
      return share(a.phones, b.phones);
    case 'sameEmail':
      return share(a.emails, b.emails);
    case 'sameBirthday':
      return same(a.birthday, b.birthday);
    case 'sameAddress':
      return share(a.addresses, b.addresses);
    case 'sameFirm':
      return same(a.firm, b.firm);
    default:
      return false;
  }
}

type NameReason = Extract<DuplicateReason, 'sameName' | 'soundsAlike' | 'similarName'>;

function namesOf(a: string, b: string): NameReason | null {
  const [one, other] = [nameKey(a), nameKey(b)];
  if (one === '' || other === '') return null;
  if (one === other) return 'sameName';
  const [soundA, soundB] = [soundKey(a), soundKey(b)];
  if (soundA !== '' && soundA === soundB) return 'soundsAlike';
  const alike = Math.max(likeness(one, other), likeness(sorted(one), sorted(other)));
  const sounding = soundA !== '' && soundB !== '' ? likeness(soundA, soundB) : 0;
  if (alike >= similarFrom || isBeginning(one, other)) return 'similarName';
  // A syllable of two or three differs in thousands of pairs: sounds must be all but the same.
  return sounding >= 0.9 && [...one][0] === [...other][0] ? 'similarName' : null;
}

/** Letters of a name alone: blanks, points and hyphens are written as anybody likes. */
export function nameKey(name: string): string {
  return foldText(name)
    .replace(/[^\p{L}\p{N} ]/gu, '')
    .replace(/ +/g, ' ')
    .trim();
}

function soundKey(name: string): string {
  const sounds = soundsOf(name);
  if (sounds.length > 0) return sounds.map(({ full }) => full).join('');
  return nameKey(name).replaceAll(' ', '');
}

/** A firm is written with and without what it is by law: 上海大众汽车, 上海大众汽车有限公司. */
function isBeginning(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.length >= 4 && long.startsWith(short);
}

/** Words of a name in one order: `Keller Anna` is `Anna Keller`. */
function sorted(key: string): string {
  return key.split(' ').sort().join(' ');
}

function likeness(a: string, b: string): number {
  const longest = Math.max(a.length, b.length);
  return longest === 0 ? 0 : 1 - distance(a, b) / longest;
}

function same(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && foldText(a) !== '' && foldText(a) === foldText(b);
}

function differ(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && a !== '' && b !== '' && foldText(a) !== foldText(b);
}

function share(a: readonly string[], b: readonly string[]): boolean {
  return a.some((value) => b.includes(value));
}
