import { optionsFromEnvironment } from './environment.ts';
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

function stopWhenAsked(server: RunningServer): void {
  const stop = () => {
    server.stop().then(() => process.exit(0), giveUp);
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  process.once('disconnect', stop);
  process.on('message', (message) => isStop(message) && stop());
  parentPort?.on('message', ({ data }) => isStop(data) && stop());
}

try {
  const server = await startServer(optionsFromEnvironment(process.env));
  stopWhenAsked(server);
  process.stdout.write(`switchboard server: listening on ${server.url}\n`);
  process.send?.({ type: 'ready', url: server.url });
  parentPort?.postMessage({ type: 'ready', url: server.url });
} catch (error) {
  giveUp(error);
}
