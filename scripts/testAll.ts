import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildIsFresh } from './buildState.mjs';
import { ensureChromium } from './chromium.ts';
import { findElectron } from './electronBinary.ts';
import { openTestPlace } from './testPlace.ts';

/**
 * Second half of `npm test`, on Node 24: type check, lint, then every test. Ends with the one line
 * that counts. With an argument (`unit`, `integration`, `e2e`) only that part.
 */
interface Counts {
  passed: number;
  failed: number;
  skipped: { name: string; why: string }[];
  retried: string[];
}

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = join(root, 'node_modules', '.bin');
const out = join(root, 'out', 'test');
const place = openTestPlace();
const compiled = join(out, 'compiled');
const environment: Record<string, string | undefined> = {
  ...process.env,
  PATH: `${bin}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH}`,
  NO_COLOR: '1',
  TMPDIR: place.folder,
  // Dozens of servers are started, and half of their start is to read the same modules.
  NODE_COMPILE_CACHE: compiled,
};
const counts: Counts = { passed: 0, failed: 0, skipped: [], retried: [] };

function step(name: string, command: string, args: string[]): boolean {
  const started = Date.now();
  const done = spawnSync(command, args, { cwd: root, stdio: 'inherit', env: environment });
  const ok = done.status === 0;
  console.log(`${ok ? '✓' : '✗'} ${name} (${Math.round((Date.now() - started) / 1000)} s)`);
  return ok;
}

function check(name: string, command: string, args: string[]): void {
  if (step(name, command, args)) counts.passed += 1;
  else counts.failed += 1;
}

function runTests(projects: string[], files: string[] = []): void {
  const report = join(out, `${projects.join('-')}.json`);
  rmSync(report, { force: true });
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=./tests/support/countReporter.ts'];
  process.env.SWITCHBOARD_TEST_REPORT = report;
  const ok = spawnSync(
    process.execPath,
    [
      vitest,
      'run',
      ...files,
      ...reporters,
      ...projects.flatMap((project) => ['--project', project]),
    ],
    { cwd: root, stdio: 'inherit', env: { ...environment, SWITCHBOARD_TEST_REPORT: report } },
  );
  const told = readReport(report);
  counts.passed += told.passed;
  counts.failed += told.failed;
  counts.skipped.push(...told.skipped);
  counts.retried.push(...told.retried);
  // A run that broke without naming a failed test is a failure all the same.
  if (ok.status !== 0 && told.failed === 0) counts.failed += 1;
}

function readReport(file: string): Counts {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { passed: 0, failed: 1, skipped: [], retried: [] };
  }
}

/** Files whose steps are the same in every shell; the others are about the browser shell's own faults. */
const inEveryShell = ['tests/e2e/story.test.ts', 'tests/e2e/matching.test.ts'];

/** The end-to-end tests in Electron, where its binary is there; else one skip that says why. */
async function runInElectron(): Promise<void> {
  const electron = await findElectron(root);
  if ('binary' in electron) {
    environment.SWITCHBOARD_ELECTRON = electron.binary;
    runTests(['e2e'], inEveryShell);
    return;
  }
  counts.skipped.push({ name: 'end-to-end tests in Electron', why: electron.reason });
}

function prepareBrowser(): void {
  const found = ensureChromium();
  if ('path' in found) environment.SWITCHBOARD_CHROMIUM = found.path;
  else console.log(`No Chromium: ${found.reason}`);
}

function build(): boolean {
  return buildIsFresh() || step('build', process.execPath, ['scripts/build.ts']);
}

const only = process.argv[2];
rmSync(compiled, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
if (!only) {
  check('types', 'npm', ['run', '-s', 'check:types']);
  check('lint', 'npm', ['run', '-s', 'check:lint']);
}
if (!only || only === 'unit') runTests(['unit', 'alone', 'dom']);
if (only !== 'unit') {
  prepareBrowser();
  if (!build()) counts.failed += 1;
  if (!only || only === 'integration') runTests(['integration', 'hostile']);
  if (process.env.SWITCHBOARD_SHELL === 'electron') await runInElectron();
  else if (!only || only === 'e2e') runTests(['e2e']);
}

const left = await place.clear();
if (left.length > 0) {
  counts.failed += 1;
  console.log(`left behind by the tests: ${left.join(', ')}`);
}

for (const name of counts.retried) console.log(`passed at the second try: ${name}`);
for (const { name, why } of counts.skipped) console.log(`skipped: ${name}: ${why}`);
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped.length} skipped`);
process.exit(counts.failed > 0 ? 1 : 0);
