import { writeFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

interface Counts {
  passed: number;
  failed: number;
  skipped: { name: string; why: string }[];
  /** Passed, but not at the first try. */
  retried: string[];
}

/** Writes how many tests passed, failed and were skipped (with the reason) for `npm test` to add up. */
export class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const file = process.env.SWITCHBOARD_TEST_REPORT;
    if (!file) return;
    const counts: Counts = { passed: 0, failed: errors.length, skipped: [], retried: [] };
    for (const module of modules) count(module, counts);
    writeFileSync(file, JSON.stringify(counts));
  }
}

function count(module: TestModule, counts: Counts): void {
  if (module.errors().length > 0) counts.failed += 1;
  for (const test of module.children.allTests()) {
    const result = test.result();
    if (result.state === 'passed') {
      counts.passed += 1;
      if ((test.diagnostic()?.retryCount ?? 0) > 0) {
        counts.retried.push(`${module.relativeModuleId} > ${test.fullName}`);
      }
    } else if (result.state === 'failed') counts.failed += 1;
    else {
      const why = 'note' in result && result.note ? result.note : 'no reason given';
      counts.skipped.push({ name: test.fullName, why });
    }
  }
}

// Vitest looks for a default export in a reporter's file.
export { CountReporter as default };
