import { writeFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

/** Writes how many tests passed, failed and were skipped (with the reason) for `npm test` to add up. */
export class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const file = process.env.SWITCHBOARD_TEST_REPORT;
    if (!file) return;
    const counts = {
      passed: 0,
      failed: errors.length,
      skipped: [] as { name: string; why: string }[],
    };
    for (const module of modules) count(module, counts);
    writeFileSync(file, JSON.stringify(counts));
  }
}

function count(
  module: TestModule,
  counts: { passed: number; failed: number; skipped: { name: string; why: string }[] },
): void {
  if (module.errors().length > 0) counts.failed += 1;
  for (const test of module.children.allTests()) {
    const result = test.result();
    if (result.state === 'passed') counts.passed += 1;
    else if (result.state === 'failed') counts.failed += 1;
    else {
      const why = 'note' in result && result.note ? result.note : 'no reason given';
      counts.skipped.push({ name: test.fullName, why });
    }
  }
}

// Vitest looks for a default export in a reporter's file.
export { CountReporter as default };
