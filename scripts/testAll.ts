import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as databases from '../tests/support/sharedDatabases.ts';
import { sharedAt } from '../tests/support/sharedPlaces.ts';
import { buildIsFresh } from './buildState.mjs';
import { ensureChromium } from './chromium.ts';
import { findElectron } from './electronBinary.ts';
import {
  afterSecondTry,
  countsOf,
  failedFiles,
  nothingCounted,
  type Report,
  readReport,
  sumOf,
} from './testCounts.ts';
import { openTestPlace } from './testPlace.ts';

/**
 * Second half of `npm test`, on Node 24: type check, lint, then every test. Ends with the one line
 * that counts. With an argument (`unit`, `integration`, `e2e`) only that part.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const bin = join(root, 'node_modules', '.bin');
const out = join(root, 'out', 'test');
const place = openTestPlace();
const compiled = join(out, 'compiled');
process.env.TMPDIR = place.folder;
// Dozens of servers are started, and half of their start is to read the same modules.
process.env.NODE_COMPILE_CACHE = compiled;
const environment: Record<string, string | undefined> = {
  ...process.env,
  PATH: `${bin}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH}`,
  NO_COLOR: '1',
  // The type check lives ten seconds, and spends a third of them on memory that is free again at its end; up to a bound,
  // since lint and build run beside it.
  GOGC: 'off',
  GOMEMLIMIT: '4GiB',
};
let counts = nothingCounted;
let hasTriedTwice = false;

/** Whether it ends well. What it says is told with its end: several of them run at once. */
async function step(name: string, command: string, args: string[]): Promise<boolean> {
  const started = Date.now();
  const ok = await ends([command, ...args], environment, true);
  console.log(`${ok ? '✓' : '✗'} ${name} (${Math.round((Date.now() - started) / 1000)} s)`);
  return ok;
}

async function check(name: string, command: string, args: string[]): Promise<void> {
  count(await step(name, command, args));
}

function count(isPassed: boolean): void {
  const one = isPassed ? { passed: 1 } : { failed: 1 };
  counts = sumOf(counts, { ...nothingCounted, ...one });
}

interface Run {
  projects: string[];
  files?: string[];
  workers?: number;
  /** Told when it has ended, not while another run speaks. */
  quiet?: boolean;
  /** What the command is started through. */
  through?: string[];
  /** Whether files that failed run once more, from their beginning. */
  twice?: boolean;
}

async function runTests(run: Run): Promise<void> {
  const first = await runOnce(run);
  const failed = failedFiles(first);
  const again = run.twice && failed.length > 0 && !process.env.SWITCHBOARD_NO_RETRY;
  const report = again ? afterSecondTry(first, await runAgain(run, failed)) : first;
  counts = sumOf(counts, countsOf(report));
}

function runAgain(run: Run, files: string[]): Promise<Report> {
  hasTriedTwice = true;
  console.log(`once more: ${files.join(', ')}`);
  return runOnce({ ...run, files });
}

async function runOnce({
  projects,
  files = [],
  workers,
  quiet = false,
  through = [],
}: Run): Promise<Report> {
  const report = join(out, `${projects.join('-')}.json`);
  rmSync(report, { force: true });
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=./tests/support/countReporter.ts'];
  const named = projects.flatMap((project) => ['--project', project]);
  const variables = {
    ...environment,
    SWITCHBOARD_TEST_REPORT: report,
    SWITCHBOARD_TEST_WORKERS: environment.SWITCHBOARD_TEST_WORKERS ?? workers?.toString(),
  };
  const command = [...through, process.execPath, vitest, 'run', ...files, ...reporters, ...named];
  const ok = await ends(command, variables, quiet);
  const told = readReport(report);
  // A run that broke without naming a failed test is a failure all the same.
  return !ok && countsOf(told).failed === 0 ? { ...told, errors: 1 } : told;
}

/** Whether the command ends well. */
function ends(
  [command = '', ...args]: string[],
  env: Record<string, string | undefined>,
  quiet: boolean,
): Promise<boolean> {
  const child = spawn(command, args, {
    cwd: root,
    stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    env,
  });
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (more) => said.push(more));
  return new Promise((resolve) => {
    child.once('error', () => resolve(false));
    child.once('close', (code) => {
      process.stdout.write(Buffer.concat(said));
      resolve(code === 0);
    });
  });
}

/** One stall of a busy machine is not a fault of the product. */
const twice = true;

/** Files whose steps are the same in every shell; the others are about the browser shell's own faults. */
const inEveryShell = ['tests/e2e/story.test.ts', 'tests/e2e/matching.test.ts'];

/** The end-to-end tests in Electron, where its binary is there; else one skip that says why. */
async function runInElectron(quiet: boolean): Promise<void> {
  const electron = await findElectron(root);
  if ('binary' in electron) {
    environment.SWITCHBOARD_ELECTRON = electron.binary;
    await runTests({ projects: ['e2e'], files: inEveryShell, quiet, twice });
    return;
  }
  const skipped = [{ name: 'end-to-end tests in Electron', why: electron.reason }];
  counts = sumOf(counts, { ...nothingCounted, skipped });
}

const runInBrowser = (quiet: boolean) => runTests({ projects: ['e2e'], quiet, twice });

/**
 * A network of its own for what pulls cables, where Linux and root give one: whatever else this machine is connected
 * to would offer itself as a way out while the cable is out.
 */
function apart(): string[] {
  const through = ['unshare', '--net', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh'];
  const [command = '', ...args] = through;
  return spawnSync(command, [...args, 'true']).status === 0 ? through : [];
}

function prepareBrowser(): void {
  const found = ensureChromium();
  if ('path' in found) environment.SWITCHBOARD_CHROMIUM = found.path;
  else console.log(`No Chromium: ${found.reason}`);
}

async function build(): Promise<boolean> {
  return buildIsFresh() || step('build', process.execPath, ['scripts/build.ts']);
}

/** All runs copy the same databases: what is made for one is there for the next. */
async function shareDatabases(): Promise<void> {
  await databases.setup();
  environment[sharedAt] = process.env[sharedAt];
}

const only = process.argv[2];
rmSync(compiled, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const network: Run = { projects: ['network'], quiet: true, through: apart(), twice };
if (only !== 'unit') prepareBrowser();
if (only === 'unit') await runTests({ projects: ['unit', 'alone', 'dom'] });
let built = true;
if (!only) {
  // Each of them leaves a part of the processors idle.
  const checks = ['types', 'lint'].map((name) =>
    check(name, 'npm', ['run', '-s', `check:${name}`]),
  );
  [built] = await Promise.all([build(), ...checks]);
  await Promise.all([runTests({ projects: ['unit', 'alone', 'dom'] }), runTests(network)]);
}
if (only !== 'unit') {
  if (only) built = await build();
  if (built) environment.SWITCHBOARD_TEST_BUILT = '1';
  else count(false);
  const windows = process.env.SWITCHBOARD_SHELL === 'electron' ? runInElectron : runInBrowser;
  const afterWindows = ['sync', 'hostile'];
  if (only === 'integration') await runTests(network);
  await shareDatabases();
  if (only === 'integration') await runTests({ projects: ['integration', ...afterWindows], twice });
  else if (only) await windows(false);
  // Windows wait for a person's pace, servers compute: side by side, neither leaves a processor idle. Windows are
  // through first, and what is left of their time is for the tests of sync and of hostile messages.
  else {
    await Promise.all([
      windows(true).then(() =>
        runTests({ projects: afterWindows, workers: 2, quiet: true, twice }),
      ),
      runTests({ projects: ['integration'], workers: 2, twice }),
    ]);
  }
  await databases.teardown();
}

const left = await place.clear();
if (left.length > 0) {
  // A try that was cut off in the middle cannot clear up, and its failure is told already.
  if (!hasTriedTwice) count(false);
  console.log(`left behind by the tests: ${left.join(', ')}`);
}

for (const name of counts.retried) console.log(`passed at the second try: ${name}`);
for (const { name, why } of counts.skipped) console.log(`skipped: ${name}: ${why}`);
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped.length} skipped`);
process.exit(counts.failed > 0 ? 1 : 0);
