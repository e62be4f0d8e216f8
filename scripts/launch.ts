import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lockCache } from '#electron/cache/file/cacheLock.ts';
import { type Centre, practiceHistoryDays, startCentre } from '#electron/centre/practiceCentre.ts';
import { type Program, ProgramFailed } from '#electron/centre/programs.ts';
import { prepareDataDir } from '#electron/core/dataDir.ts';
import { DeskError } from '#shared/result.ts';
import { buildIsFresh } from './buildState.mjs';
import { type ElectronFound, findElectron } from './electronBinary.ts';
import { nodePrograms } from './nodePrograms.ts';
import { openInBrowser } from './openInBrowser.ts';
import { readOptions } from './options.mjs';
import { language, words } from './words.mjs';

/** Second half of `npm start`, on Node 24: build, server, practice PBX, desk. */
const root = fileURLToPath(new URL('..', import.meta.url));
const appDir = join(root, 'out', 'app');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const read = readOptions(process.argv.slice(2));
if ('problem' in read) throw new Error(read.problem);
const { options } = read;
const dataDir = resolve(options.data);
if (options.verbose) process.env.SWITCHBOARD_VERBOSE = '1';

/** The desk gives its calls 3 s to end. */
const electronPatienceMs = 5_000;

const running: { stop(): Promise<unknown> }[] = [];
let stopping = false;

async function stopAll(code: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  for (const part of running.reverse()) await part.stop();
  process.exit(code);
}

function say(line: string): void {
  console.log(line);
}

async function giveUp(error: unknown): Promise<void> {
  console.error(explain(error));
  await stopAll(1);
}

function explain(error: unknown): string {
  if (!(error instanceof ProgramFailed))
    return error instanceof Error ? error.message : String(error);
  if (error.code === 'port-taken') return words('portTaken', { port: options.port });
  const why = error.message.split('\n').at(-1) ?? '';
  return words('notStarted', { part: words(error.program), why });
}

function ended(part: string, code: number | null, why: string): Error {
  return new Error(words('ended', { part: words(part), how: code ?? words('byForce'), why }));
}

function buildIfNeeded(): void {
  if (buildIsFresh()) return;
  say(words('building'));
  const built = spawnSync(process.execPath, ['scripts/build.ts'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (built.status !== 0) throw new Error(words('buildFailed'));
}

/**
 * Two copies on one folder would ruin each other's data; the system frees it however this one ends. The empty file stays:
 * who took it away would take it from a copy that is about to hold it.
 */
function takeDataDir(): void {
  try {
    const lock = lockCache(join(dataDir, 'start.lock'));
    running.push({ stop: async () => lock.release() });
  } catch (error) {
    if (!(error instanceof DeskError)) throw error;
    throw new Error(words('runningAlready', { folder: dataDir }));
  }
}

async function centre(): Promise<Centre | null> {
  if (options.server) return null;
  say(words(options.practice ? 'starting' : 'startingServer'));
  const isManual = process.env.SWITCHBOARD_CALLERS === 'manual';
  const started = await startCentre({
    start: nodePrograms(appDir),
    dataDir,
    resourcesDir: join(root, 'resources'),
    practice: options.practice,
    pbx: givenPbx(),
    pbxConnector: givenConnector(),
    databaseUrl: process.env.DATABASE_URL ?? null,
    historyDays: isManual ? 0 : practiceHistoryDays,
    autoCallers: !isManual,
    logLevel: options.verbose ? 'info' : 'error',
    ...(process.env.SWITCHBOARD_CONTROL_TOKEN
      ? { controlToken: process.env.SWITCHBOARD_CONTROL_TOKEN }
      : {}),
  });
  running.push(started);
  const names = options.practice ? ['practice', 'server'] : ['server'];
  for (const [index, program] of started.programs.entries()) {
    program.onExit((code, why) => void giveUp(ended(names[index] ?? '', code, why)));
  }
  return started;
}

/** The server checks both and says what is wrong with them. */
function givenPbx(): { wsUrl: string; sipDomain: string } | null {
  const { PBX_WS_URL: wsUrl, PBX_SIP_DOMAIN: sipDomain } = process.env;
  return wsUrl || sipDomain ? { wsUrl: wsUrl ?? '', sipDomain: sipDomain ?? '' } : null;
}

/** `PBX_AMI_HOST` and what goes with it. */
function givenConnector(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      name.startsWith('PBX_AMI_') && value !== undefined ? [[name, value] as const] : [],
    ),
  );
}

async function openBrowserShell(serverUrl: string): Promise<void> {
  const desk = {
    dataDir: join(dataDir, 'desk'),
    serverUrl,
    port: options.port,
    language,
    rendererDir: join(appDir, 'renderer'),
    version,
    logLevel: options.verbose ? 'info' : 'error',
  };
  const web = await nodePrograms(appDir)('web', { SWITCHBOARD_DESK: JSON.stringify(desk) });
  running.push(web);
  web.onExit((code, why) => void giveUp(ended('web', code, why)));
  const url = String(web.ready.url);
  say(`\n${words('ready', { url })}\n`);
  if (options.open) openInBrowser(url);
  offerNewAddress(web);
}

/** The address works once; Enter in the terminal gives another. */
function offerNewAddress(web: Program): void {
  web.onMessage((message) => {
    const told = message as { type?: string; url?: string };
    if (told.type === 'address') say(words('ready', { url: told.url ?? '' }));
  });
  if (!process.stdin.isTTY) return;
  say(words('newAddress'));
  process.stdin.on('data', () => web.send({ type: 'address' }));
}

function openElectron(found: Extract<ElectronFound, { binary: string }>, serverUrl: string): void {
  const child = spawn(
    found.binary,
    [root, `--server=${serverUrl}`, `--data=${join(dataDir, 'desk')}`],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  running.push({
    // Calls are ended while the PBX still listens; a desk that hangs is not waited for.
    stop: async () => {
      child.kill();
      const force = setTimeout(() => child.kill('SIGKILL'), electronPatienceMs);
      await gone;
      clearTimeout(force);
    },
  });
  child.on('exit', (code) => void stopAll(code ?? 0));
  say(`\n${words('readyInWindow')}\n`);
}

function tellSecondDesk(serverUrl: string): void {
  if (options.server) return;
  const command = `npm start -- --server ${serverUrl} --data data-2`;
  say(words('secondDesk', { command }));
}

process.on('SIGINT', () => void stopAll(0));
process.on('SIGTERM', () => void stopAll(0));

try {
  buildIfNeeded();
  const prepared = prepareDataDir(dataDir);
  if (!prepared.ok)
    throw new Error(words('notWritable', { folder: dataDir, why: prepared.error.message }));
  takeDataDir();
  mkdirSync(join(dataDir, 'desk'), { recursive: true });
  const started = await centre();
  const serverUrl = options.server ?? started?.serverUrl ?? '';
  const electron = options.web ? { reason: null } : await findElectron(root);
  if ('binary' in electron) openElectron(electron, serverUrl);
  else {
    if (electron.reason) say(words('inBrowser', { why: electron.reason }));
    await openBrowserShell(serverUrl);
  }
  tellSecondDesk(serverUrl);
  if (started?.controlUrl && process.env.SWITCHBOARD_CONTROL_TOKEN)
    say(`Control: ${started.controlUrl}`);
} catch (error) {
  await giveUp(error);
}
