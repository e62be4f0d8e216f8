import { foldText } from '#shared/domain/text.ts';

const cjk = /\p{Script=Han}/u;
const cjkRun = /\p{Script=Han}+/gu;
const latinWord = /[\p{L}\p{N}]+/gu;
/** What people put between the digits of a number. */
const numberLike = /^[+(]*\d[\d\s().+\-–/]*$/u;

/**
 * Tokens of the short index: every pair of neighbouring Chinese characters, and the first two
 * letters of every other word. Trigrams cannot answer a search of two characters, and most Chinese
 * names have two or three.
 */
export function bigrams(folded: string): string[] {
  const found = new Set<string>();
  for (const [run] of folded.matchAll(cjkRun)) {
    const characters = [...run];
    for (let i = 0; i + 1 < characters.length; i++) {
      found.add(`${characters[i]}${characters[i + 1]}`);
    }
  }
  for (const [word] of folded.replace(cjkRun, ' ').matchAll(latinWord)) {
    const characters = [...word];
    if (characters.length >= 2) found.add(characters.slice(0, 2).join(''));
  }
  return [...found];
}

export interface SearchTerms {
  /** Folded text as typed: equal and leading names come first. */
  folded: string;
  /** Terms of three characters or more, and number fragments. */
  long: string[];
  /** Terms of two characters. */
  short: string[];
  /** A single character: only the beginning of a name can be asked for. */
  single: string | null;
  /** Digits of the number fragment, for the hint; null where there is none. */
  digits: string | null;
}

/** Reads what an agent typed. Null where it holds nothing to search for. */
export function searchTerms(text: string): SearchTerms | null {
  const folded = foldText(text);
  const terms: SearchTerms = { folded, long: [], short: [], single: null, digits: null };
  const words = numberLike.test(folded) ? [folded] : folded.split(' ');
  for (const word of words) {
    const digits = numberLike.test(word) ? significantDigits(word) : null;
    if (digits !== null && digits.length >= 3) terms.digits = digits;
    addTerm(terms, digits ?? word);
  }
  if (terms.long.length + terms.short.length > 0) return terms;
  return terms.single === null ? null : terms;
}

function addTerm(terms: SearchTerms, term: string): void {
  const length = [...term].length;
  if (length >= 3) terms.long.push(term);
  else if (length === 2 && (cjk.test(term) || /^[\p{L}\p{N}]+$/u.test(term))) {
    terms.short.push(term);
  } else if (length > 0) terms.single ??= term;
}

/** Trunk and international zeros are not stored, so they must not be asked for. */
function significantDigits(text: string): string {
  const digits = text.replace(/\D/g, '');
  const significant = digits.replace(/^0+/, '');
  return significant.length >= 3 ? significant : digits;
}

/** A term as a literal of the FTS5 query language. */
export function quoted(term: string): string {
  return `"${term.replaceAll('"', '""')}"`;
}
