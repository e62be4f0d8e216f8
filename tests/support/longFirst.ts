import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Files that take longest, in this order: started last, one of them would keep a single processor busy while the other
 * waits. A fresh clone does not know how long files took, and their size does not tell.
 */
const long = [
  'tests/integration/server.process.test.ts',
  'tests/integration/survivalNetwork.test.ts',
  'tests/integration/server.restored.test.ts',
];

export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted
      .map((file, place) => ({ file, rank: rankOf(file), place }))
      .sort((a, b) => a.rank - b.rank || a.place - b.place)
      .map(({ file }) => file);
  }
}

function rankOf({ moduleId }: TestSpecification): number {
  const found = long.findIndex((path) => moduleId.endsWith(path));
  return found < 0 ? long.length : found;
}
