import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Files that take longest, in this order: started last, one of them would keep a single processor busy while the other
 * waits. A fresh clone does not know how long files took, and their size does not tell.
 */
const long = [
  'tests/integration/operations/backup.test.ts',
  'tests/integration/operations/process.test.ts',
  'tests/integration/phone/survivalNetwork.test.ts',
  'tests/integration/sync/compare.test.ts',
  'tests/integration/sync/chaos.test.ts',
  'tests/integration/programs/importCrash.test.ts',
  'tests/integration/programs/import.test.ts',
  'tests/integration/server/restored.test.ts',
  'tests/integration/programs/webhookFaults.test.ts',
  'tests/integration/server/scope.test.ts',
  'tests/integration/sync/sync.test.ts',
  'tests/integration/programs/fuzz.test.ts',
  'tests/integration/programs/fuzzTwice.test.ts',
  'tests/integration/sync/clock.test.ts',
  'tests/integration/operations/disk.test.ts',
  'tests/integration/server/session.test.ts',
  'tests/faults/pbx.test.ts',
  'tests/faults/start.test.ts',
  'tests/faults/server.test.ts',
  'tests/faults/cache.test.ts',
  'tests/e2e/callControls.test.ts',
  'tests/faults/crash.test.ts',
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
