import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureAsterisk } from './asteriskRoot.ts';
import { ensureChromium } from './chromium.ts';
import { type Counts, countsOf, readReport, sumOf } from './testCounts.ts';

/**
 * Second half of `npm run test:pbx`, on Node 24: gets an Asterisk, then runs the tests on it, and 20,000 mutated
 * messages. Where there can be none, it says why and every test counts as skipped. Ends with the one line that
 * counts.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const out = join(root, 'out', 'pbx');
const report = join(out, 'report.json');

function prepare(): { environment: Record<string, string> } | { reason: string } {
  const asterisk = ensureAsterisk(out);
  if ('reason' in asterisk) return { reason: `Asterisk: ${asterisk.reason}` };
  const chromium = ensureChromium();
  if ('reason' in chromium) return { reason: `Chromium: ${chromium.reason}` };
  return {
    environment: {
      SWITCHBOARD_PBX_ROOT: asterisk.root,
      SWITCHBOARD_CHROMIUM: chromium.path,
    },
  };
}

function runTests(project: string, environment: Record<string, string>): Counts {
  rmSync(report, { force: true });
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=./tests/support/countReporter.ts'];
  const done = spawnSync(
    process.execPath,
    [vitest, 'run', '--project', project, ...reporters, ...process.argv.slice(2)],
    {
      cwd: root,
      stdio: 'inherit',
      env: {
        ...process.env,
        ...environment,
        NO_COLOR: '1',
        SWITCHBOARD_TEST_REPORT: report,
      },
    },
  );
  const counts = countsOf(readReport(report));
  // A run that broke without naming a failed test is a failure all the same.
  return done.status !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

const started = Date.now();
mkdirSync(out, { recursive: true });
const prepared = prepare();
const onAsterisk = runTests('pbx', 'reason' in prepared ? {} : prepared.environment);
// The long round of hostile SIP, which needs no Asterisk; not where single files were asked for.
const hostile =
  process.argv.length > 2 ? null : runTests('hostile', { SWITCHBOARD_HOSTILE_COUNT: '20000' });
const counts = hostile ? sumOf(onAsterisk, hostile) : onAsterisk;
console.log(
  `tests on Asterisk and of hostile SIP (${Math.round((Date.now() - started) / 1_000)} s)`,
);
for (const name of counts.retried) console.log(`passed at the second try: ${name}`);
if ('reason' in prepared) console.log(`skipped: ${prepared.reason}`);
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped.length} skipped`);
process.exit(counts.failed > 0 ? 1 : 0);
