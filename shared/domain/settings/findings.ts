import { type Bilingual, languages } from '../text/text.ts';

/**
 * - `missing`: it is needed;
 * - `form`: it is not written as it has to be;
 * - `long`: it is longer than screens and reports can show;
 * - `range`: it is too small or too great;
 * - `twice`: another line has it already;
 * - `unknown`: there is no such country or currency;
 * - `emergency`: it would keep agents from an emergency number.
 */
export type Flaw = 'missing' | 'form' | 'long' | 'range' | 'twice' | 'unknown' | 'emergency';

/** What is wrong with a value that an administrator sets. */
export interface Finding {
  /** Where it stands, such as `queues.3.name.en`. */
  path: string;
  flaw: Flaw;
  /** What its line goes by (an id, a number), by which it is known again in another place. */
  of?: string;
}

export const longestSettingName = 100;

/** A name that people read has to be there in both languages. */
export function findingsOfName(name: Bilingual, path: string, of?: string): Finding[] {
  return languages.flatMap((language): Finding[] => {
    const at = { path: `${path}.${language}`, ...(of !== undefined && { of }) };
    if (name[language].trim() === '') return [{ ...at, flaw: 'missing' }];
    return name[language].length > longestSettingName ? [{ ...at, flaw: 'long' }] : [];
  });
}

/** Findings that were not there before: an older version let stand what this one would not take. */
export function newFindings(found: readonly Finding[], before: readonly Finding[]): Finding[] {
  const known = new Set(before.map(markOf));
  return found.filter((one) => !known.has(markOf(one)));
}

/** The same for one line, wherever it stands in its list. */
function markOf({ path, flaw, of = '' }: Finding): string {
  return `${path.replace(/\.\d+(?=\.|$)/gu, '.*')} ${flaw} ${of}`;
}
