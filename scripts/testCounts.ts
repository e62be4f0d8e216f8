import { readFileSync } from 'node:fs';

/** What `npm test` adds up. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: { name: string; why: string }[];
  /** Passed, but not at the first try. */
  retried: string[];
}

/** The tests of one file. */
export interface FileCounts extends Counts {
  path: string;
  /** Names of what failed: tests, and what belongs to none of them. */
  failures: string[];
}

/** What a run tells of itself. */
export interface Report {
  files: FileCounts[];
  /** Errors that belong to no file. */
  errors: number;
}

export const nothingCounted: Counts = { passed: 0, failed: 0, skipped: [], retried: [] };

/** What the run wrote; one that broke before it could is an error. */
export function readReport(path: string): Report {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return { files: [], errors: 1 };
  }
}

export function countsOf({ files, errors }: Report): Counts {
  return files.reduce(sumOf, { ...nothingCounted, failed: errors });
}

export function sumOf(one: Counts, other: Counts): Counts {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    skipped: [...one.skipped, ...other.skipped],
    retried: [...one.retried, ...other.retried],
  };
}

/** Files in which something failed. */
export function failedFiles({ files }: Report): string[] {
  return files.filter(({ failed }) => failed > 0).map(({ path }) => path);
}

/**
 * The first run with its failed files as a second run found them. What failed in a file that is in order now passed at
 * the second try; a file of which the second run tells nothing failed.
 */
export function afterSecondTry(first: Report, second: Report): Report {
  const again = new Map(second.files.map((file) => [file.path, file]));
  const files = first.files.map((before) => {
    const now = again.get(before.path);
    if (before.failed === 0 || !now) return before;
    if (now.failed > 0) return now;
    const passed = before.failures.map((name) => `${before.path} > ${name}`);
    return { ...now, retried: [...passed, ...now.retried] };
  });
  return { files, errors: first.errors + second.errors };
}
