import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { constants, copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createFileSecrets } from '#electron/web/fileSecrets.ts';
import { planCustomer } from '#shared/sample/people/customerPlan.ts';
import { practiceUsers } from '#shared/sample/practiceUsers.ts';
import { frugal } from '../scripts/nodePrograms.ts';
import { type BenchCentre, startBenchCentre } from './benchCentre.ts';
import { builtApp } from './builtApp.ts';
import { callsIn } from './callsIn.ts';
import { type DataSet, dataSet, sampleSeed } from './dataSet.ts';
import { type Figure, limitFigure, plainFigure } from './figure.ts';
import { WindowClient } from './windowClient.ts';

const pops = 1000;
const mostMb = 250;
const agent = practiceUsers[0];

/**
 * Peak memory of the desk's process (resident set, MB of 1024² bytes) with the large data set as the
 * agent's cache: it signs in, syncs, takes a thousand offered calls and does as many searches.
 */
export async function deskMemory(): Promise<Figure[]> {
  const data = await dataSet();
  const appDir = builtApp();
  const centre = await startBenchCentre(appDir);
  const dataDir = join(centre.dataDir, 'desk');
  await giveCache(data, dataDir);
  const { child, ready } = startDeskProcess(appDir, dataDir, centre.serverUrl);
  child.stderr?.resume();
  const window = await WindowClient.open(await ready);
  await signIn(window);
  const afterSignIn = peakMb(child);
  await popAndSearch(centre, window, data.customers);
  const peak = peakMb(child);
  window.close();
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
  await centre.stop();
  const size = `${data.customers.toLocaleString('en')} customers`;
  return [
    limitFigure(`desk memory, peak with ${size}`, 'MB', peak, mostMb, pops),
    plainFigure('desk memory, of it after sign-in and sync', 'MB', afterSignIn, 1),
  ];
}

/** A copy, because the desk writes to it; the desk finds its key among its secrets. */
async function giveCache(data: DataSet, dataDir: string): Promise<void> {
  const folder = join(dataDir, 'cache');
  mkdirSync(folder, { recursive: true });
  for (const suffix of ['', '.identity']) {
    const from = `${data.file}${suffix}`;
    copyFileSync(from, join(folder, basename(from)), constants.COPYFILE_FICLONE);
  }
  await createFileSecrets(dataDir).set(`cache-key:${data.userId}`, data.key);
}

export interface DeskProcess {
  child: ChildProcess;
  /** The one-time address of its window; rejects where the desk did not start. */
  ready: Promise<string>;
}

/** A desk as a process of its own, as frugal as the app has it; its errors can be read. */
export function startDeskProcess(
  appDir: string,
  dataDir: string,
  serverUrl: string,
  execArgv: readonly string[] = [],
): DeskProcess {
  const desk = {
    dataDir,
    serverUrl,
    port: 0,
    language: 'en',
    rendererDir: join(appDir, 'renderer'),
    version: '0.0.0-bench',
    logLevel: 'error',
  };
  const child = fork(join(appDir, 'web.js'), {
    env: { ...process.env, ...frugal.environment, SWITCHBOARD_DESK: JSON.stringify(desk) },
    execArgv: [...frugal.execArgv, ...execArgv],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const ready = once(child, 'message').then(([told]) => {
    if (told.type !== 'ready') throw new Error(`the desk did not start: ${JSON.stringify(told)}`);
    return String(told.url);
  });
  return { child, ready };
}

async function signIn(window: WindowClient): Promise<void> {
  const online = window.until(
    (name, payload) => name === 'sync.changed' && (payload as { state: string }).state === 'online',
  );
  const registered = window.until(
    (name, payload) =>
      name === 'phone.changed' && (payload as { state: string }).state === 'registered',
  );
  await window.invoke('session.signIn', {
    login: agent?.login,
    password: agent?.password,
    remember: false,
    startAs: { state: 'break', reason: 'meeting' },
  });
  await Promise.all([online, registered]);
  await window.invoke('agent.rest', { state: 'ready' });
}

async function popAndSearch(
  centre: BenchCentre,
  window: WindowClient,
  customers: number,
): Promise<void> {
  const callers = callsIn({ customers, seed: sampleSeed });
  for (let pop = 0; pop < pops; pop += 1) {
    const number = callers.any();
    const offered = window.until((name) => name === 'call.changed');
    await centre.ring(number, agent?.extension ?? '');
    await offered;
    const removed = window.until((name) => name === 'call.removed');
    await centre.hangUp();
    await removed;
    await window.invoke('customers.search', {
      text: searchText(pop, number, customers),
      limit: 20,
    });
  }
}

/** By turns a name, the end of a number, a customer's number. */
function searchText(turn: number, number: string, customers: number): string {
  const plan = planCustomer({ customers, seed: sampleSeed }, (turn * 7919) % customers);
  const texts = [plan.name.name, number.slice(-7), `C${100_001 + plan.index}`];
  return texts[turn % texts.length] ?? '';
}

/** The highest resident set so far. */
function peakMb({ pid }: ChildProcess): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) / 1024;
}
