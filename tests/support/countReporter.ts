import { writeFileSync } from 'node:fs';
import type { Reporter, SerializedError, TestCase, TestModule } from 'vitest/node';
import type { FileCounts, Report } from '../../scripts/testCounts.ts';

/** Writes for `npm test` how many tests of each file passed, failed and were skipped, with the reason. */
export class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    const file = process.env.SWITCHBOARD_TEST_REPORT;
    if (!file) return;
    const stray = new Set(errors);
    const files = modules.map((module) => {
      const own = errors.filter((error) => error.VITEST_TEST_PATH === module.moduleId);
      for (const error of own) stray.delete(error);
      return countsOf(module, own);
    });
    const report: Report = { files, errors: stray.size };
    writeFileSync(file, JSON.stringify(report));
  }
}

function countsOf(module: TestModule, strayErrors: readonly SerializedError[]): FileCounts {
  const path = module.relativeModuleId;
  const counts: FileCounts = {
    path,
    passed: 0,
    failed: 0,
    skipped: [],
    retried: [],
    failures: [],
  };
  for (const test of module.children.allTests()) count(test, counts);
  const suites = [...module.children.allSuites()].filter((suite) => suite.errors().length > 0);
  for (const name of [
    ...suites.map((suite) => `around ${suite.fullName}`),
    ...(module.errors().length > 0 ? ['around its tests'] : []),
    ...strayErrors.map(({ message }) => `beside its tests: ${message}`),
  ]) {
    counts.failed += 1;
    counts.failures.push(name);
  }
  return counts;
}

function count(test: TestCase, counts: FileCounts): void {
  const result = test.result();
  if (result.state === 'passed') {
    counts.passed += 1;
    const retries = test.diagnostic()?.retryCount ?? 0;
    if (retries > 0) counts.retried.push(`${counts.path} > ${test.fullName}`);
  } else if (result.state === 'failed') {
    counts.failed += 1;
    counts.failures.push(test.fullName);
  } else {
    const why = 'note' in result && result.note ? result.note : 'no reason given';
    counts.skipped.push({ name: test.fullName, why });
  }
}

// Vitest looks for a default export in a reporter's file.
export { CountReporter as default };
