import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { LongFirst } from './tests/support/longFirst.ts';

/**
 * Tests with real sockets and audio run once more when they fail: one stall of a busy machine is not a fault of the
 * product. Those that needed it are named at the end of the run. `SWITCHBOARD_NO_RETRY=1` turns it off. Those with
 * windows are stories of several steps, of which one alone cannot begin anew: `npm test` tries the whole file again.
 */
const retry = process.env.SWITCHBOARD_NO_RETRY ? 0 : 1;

/** Left to itself, vitest keeps one processor for itself, which on two is half of them. */
const computing = Math.max(2, availableParallelism() - 1);
/**
 * Tests with sockets, browsers and sound wait a third of their time: one more of them than there are processors in the
 * smallest machine. More would disturb each other.
 */
const waiting = Number(process.env.SWITCHBOARD_TEST_WORKERS ?? 3);
/** Windows with sound in both directions: as many as the smallest machine has processors. */
const sounding = Math.min(waiting, 2);

/** How long `expect.poll` looks again: as long as a busy machine may take, not the second that is its default. */
const patient = { poll: { timeout: 45_000 } };

/** As a window of a test waits (tests/support/deskWindow.ts). */
const patientInWindows = { poll: { timeout: 90_000 } };

/** They put doubles in the place of modules, so each has modules of its own. */
const withDoubles = ['electron/shell/**/*.test.ts', 'electron/*.test.ts'];

/** Pulls a cable of this machine: no other browser may be looking for a way out meanwhile. */
const ofNetwork = 'tests/integration/phone/survivalNetwork.test.ts';
/** A quarter of the time of all tests with servers, for which `npm test` finds a place of its own. */
const ofSync = 'tests/integration/sync/**/*.test.ts';

export default defineConfig({
  test: {
    sequence: { sequencer: LongFirst },
    projects: [
      {
        test: {
          name: 'unit',
          expect: patient,
          include: [
            '{shared,server,electron,scripts,renderer}/**/*.test.ts',
            'tests/law/**/*.test.ts',
          ],
          exclude: withDoubles,
          maxWorkers: computing,
          environment: 'node',
          // They share what they import: a minute less of loading the same modules for every file.
          isolate: false,
          unstubGlobals: true,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'alone',
          expect: patient,
          include: withDoubles,
          maxWorkers: computing,
          environment: 'node',
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'dom',
          expect: patient,
          include: ['renderer/**/*.test.tsx'],
          setupFiles: 'tests/support/patientWindow.ts',
          maxWorkers: computing,
          environment: 'happy-dom',
          // Each file has a window of its own all the same.
          isolate: false,
          unstubGlobals: true,
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'integration',
          expect: patient,
          retry,
          include: ['tests/integration/**/*.test.ts'],
          exclude: [ofNetwork, ofSync],
          globalSetup: 'tests/support/sharedDatabases.ts',
          sequence: { groupOrder: 1 },
          environment: 'node',
          // As above; and the embedded database is compiled once for every worker, not for every file.
          isolate: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: waiting,
        },
      },
      {
        test: {
          name: 'sync',
          expect: patient,
          retry,
          include: [ofSync],
          globalSetup: 'tests/support/sharedDatabases.ts',
          sequence: { groupOrder: 1 },
          environment: 'node',
          isolate: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: waiting,
        },
      },
      {
        test: {
          name: 'network',
          expect: patient,
          retry,
          include: [ofNetwork],
          environment: 'node',
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'hostile',
          expect: patient,
          include: ['tests/hostile/**/*.test.ts'],
          maxWorkers: waiting,
          sequence: { groupOrder: 1 },
          environment: 'node',
          isolate: false,
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'e2e',
          expect: patientInWindows,
          include: ['tests/e2e/**/*.test.ts', 'tests/faults/**/*.test.ts'],
          globalSetup: 'tests/support/sharedDatabases.ts',
          sequence: { groupOrder: 2 },
          environment: 'node',
          isolate: false,
          // Each wait in it ends before, and says what did not come.
          testTimeout: 300_000,
          hookTimeout: 300_000,
          maxWorkers: sounding,
        },
      },
      {
        test: {
          name: 'pbx',
          expect: patient,
          retry,
          include: ['tests/pbx/**/*.test.ts'],
          sequence: { groupOrder: 3 },
          environment: 'node',
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
