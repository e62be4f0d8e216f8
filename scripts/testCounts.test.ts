import { describe, expect, it } from 'vitest';
import { afterSecondTry, countsOf, type FileCounts, failedFiles } from './testCounts.ts';

function file(path: string, passed: number, ...failures: string[]): FileCounts {
  return { path, passed, failed: failures.length, failures, skipped: [], retried: [] };
}

const run = (...files: FileCounts[]) => ({ files, errors: 0 });
const skip = { name: 'the step behind it', why: 'the step before it failed' };

describe('the second try of files', () => {
  const first = run(file('calm', 3), { ...file('shaky', 1, 'rings'), skipped: [skip] });

  it('is for those in which something failed', () => {
    expect(failedFiles(first)).toEqual(['shaky']);
    expect(countsOf(first)).toMatchObject({ passed: 4, failed: 1, skipped: [skip] });
  });

  it('stands for the first, and names what failed there', () => {
    expect(countsOf(afterSecondTry(first, run(file('shaky', 3))))).toEqual({
      passed: 6,
      failed: 0,
      skipped: [],
      retried: ['shaky > rings'],
    });
  });

  it('fails where the file fails once more, whatever fails in it', () => {
    const second = run(file('shaky', 2, 'answers'));
    expect(countsOf(afterSecondTry(first, second))).toMatchObject({ passed: 5, failed: 1 });
  });

  it('does not make good what it does not tell of, nor an error outside of all files', () => {
    expect(countsOf(afterSecondTry(first, run())).failed).toBe(1);
    const broken = { ...run(file('shaky', 3)), errors: 1 };
    expect(countsOf(afterSecondTry(first, broken)).failed).toBe(1);
    expect(countsOf(afterSecondTry({ ...first, errors: 1 }, run(file('shaky', 3)))).failed).toBe(1);
  });
});
