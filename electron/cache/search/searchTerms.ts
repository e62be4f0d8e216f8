import { foldText } from '#shared/domain/text/text.ts';
import { digitsOfPiece, wantedGrams } from './grams.ts';

/** What people put between the digits of a number. */
const numberLike = /^[+(]*\d[\d\s().+\-–/]*$/u;

export interface SearchWord {
  /** Folded, as typed. */
  text: string;
  /** Digits of a number fragment, without the zeros before an area or country code; null where it is none. */
  digits: string | null;
}

export interface SearchTerms {
  /** Folded text as typed: equal and leading names come first. */
  folded: string;
  /** All of them must be in a record. */
  words: SearchWord[];
  /** Pieces to ask the index for; empty: too little was typed, only beginnings can be asked for. */
  grams: string[];
}

/** Reads what an agent typed. Null where it holds nothing to search for. */
export function searchTerms(text: string): SearchTerms | null {
  const folded = foldText(text);
  if (folded === '') return null;
  const parts = numberLike.test(folded) ? [folded] : folded.split(' ');
  const words = parts.map((part) => ({ text: part, digits: digitsOf(part) }));
  const grams = new Set(words.flatMap(({ text, digits }) => wantedGrams(digits ?? text)));
  return { folded, words, grams: [...grams] };
}

/**
 * Trunk and international zeros are not stored, so they must not be asked for. Where less than a piece of the index
 * would be left, they belong to a fragment from the middle or the end.
 */
function digitsOf(part: string): string | null {
  if (!numberLike.test(part)) return null;
  const digits = part.replace(/\D/g, '');
  const significant = digits.replace(/^0+/, '');
  return significant.length >= digitsOfPiece ? significant : digits;
}
