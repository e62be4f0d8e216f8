import { optionsFromEnvironment } from './environment.ts';
import { backUp } from './operations/backupCommand.ts';
import { helpText } from './operations/help.ts';
import { endOnUncaught } from './operations/uncaught.ts';
import { type RunningServer, startServer } from './server.ts';
import { StartError } from './startError.ts';

interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', heard: (event: { data: unknown }) => void): void;
}

/** Set where the process was started as a utility process of a desktop shell. */
const parentPort = (process as { parentPort?: ParentPort }).parentPort;

function isStop(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'type' in message
    ? message.type === 'stop'
    : false;
}

/** One line for whoever started the server; then the end. */
function giveUp(error: unknown): never {
  const line = error instanceof StartError ? error.message : `cannot start: ${String(error)}`;
  process.stderr.write(`switchboard server: ${line.replaceAll('\n', ' ')}\n`);
  process.exit(error instanceof StartError ? error.exitCode : 1);
}

/** The database, the PBX and what else is waited for once the requests have been answered. */
const restMs = 10_000;

function stopWhenAsked(server: RunningServer, stopTimeoutMs: number): void {
  const stop = () => {
    const late = () => giveUp(new StartError('it did not stop in time'));
    setTimeout(late, stopTimeoutMs + restMs).unref();
    server.stop().then(() => process.exit(0), giveUp);
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  process.once('disconnect', stop);
  process.on('message', (message) => isStop(message) && stop());
  parentPort?.on('message', ({ data }) => isStop(data) && stop());
}

function reloadWhenAsked(server: RunningServer): void {
  process.on('SIGHUP', () => {
    try {
      server.reloadTls();
    } catch (error) {
      process.stderr.write(`switchboard server: ${String(error)}\n`);
    }
  });
}

async function serve(): Promise<void> {
  const options = optionsFromEnvironment(process.env);
  const server = await startServer(options);
  stopWhenAsked(server, options.stopTimeoutMs);
  if (options.tls) reloadWhenAsked(server);
  const known = options.publicUrl ? `, known as ${options.publicUrl}` : '';
  process.stdout.write(`switchboard server: listening on ${server.url}${known}\n`);
  process.send?.({ type: 'ready', url: server.url });
  parentPort?.postMessage({ type: 'ready', url: server.url });
}

async function run(words: readonly string[]): Promise<void> {
  const [command, folder, ...rest] = words;
  if (command === undefined) return serve();
  if (command === '--help' && folder === undefined) {
    process.stdout.write(helpText());
    return;
  }
  if (command === 'backup' && folder !== undefined && rest.length === 0) {
    const { database } = optionsFromEnvironment(process.env);
    process.stdout.write(`${await backUp(database, folder)}\n`);
    return;
  }
  throw new StartError('unknown command; --help tells of those there are', 2);
}

endOnUncaught();
try {
  await run(parentPort ? [] : process.argv.slice(2));
} catch (error) {
  giveUp(error);
}
