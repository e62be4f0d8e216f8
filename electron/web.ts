import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { languageSchema } from '#shared/domain/text/text.ts';
import { createConsoleLog } from './core/consoleLog.ts';
import { prepareDataDir } from './core/dataDir.ts';
import { createDesk } from './core/desk.ts';
import { createMediaRelay } from './core/mediaRelay.ts';
import { systemClock } from './core/systemClock.ts';
import { trustSystemCertificates } from './core/systemTrust.ts';
import { type BrowserShell, startBrowserShell } from './web/browserShell.ts';
import { createFileSecrets } from './web/fileSecrets.ts';

/**
 * Entry of the browser shell as a process of its own. Options come as JSON in `SWITCHBOARD_DESK`;
 * it says `{type: 'ready', url}` or `{type: 'failed', code, detail}` to whoever started it.
 */
const optionsSchema = z.object({
  dataDir: z.string().min(1),
  /** One address, or several with commas between them. */
  serverUrl: z.string().refine((list) => list.split(',').every((part) => URL.canParse(part))),
  port: z.int().min(0).max(65535),
  language: languageSchema,
  rendererDir: z.string().min(1),
  version: z.string(),
  logLevel: z.enum(['info', 'warn', 'error']),
});

const requestSchema = z.object({ type: z.enum(['stop', 'address']) });

async function main(): Promise<void> {
  const options = optionsSchema.parse(JSON.parse(process.env.SWITCHBOARD_DESK ?? '{}'));
  const log = createConsoleLog(options.logLevel);
  trustSystemCertificates(options.serverUrl, log);
  const dataDir = prepareDataDir(options.dataDir);
  if (!dataDir.ok) return leave(dataDir.error.code, dataDir.error.message);

  const relay = createMediaRelay(systemClock);
  const desk = createDesk({
    log,
    clock: systemClock,
    secrets: createFileSecrets(options.dataDir),
    media: relay.port,
    dataDir: options.dataDir,
    version: options.version,
    serverUrl: options.serverUrl,
    language: options.language,
    ...workerBesideBundle(),
  });

  let shell: BrowserShell;
  try {
    shell = await startBrowserShell({
      desk,
      relay,
      log,
      rendererDir: options.rendererDir,
      port: options.port,
    });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code === 'EADDRINUSE' ? 'port-taken' : 'internal';
    return leave(code, error instanceof Error ? error.message : String(error));
  }

  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    try {
      await shell.close();
      await desk.stop();
    } catch (error) {
      log.error('the desk did not end cleanly', { error: String(error) });
    }
    process.exit(0);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('disconnect', stop);
  process.on('message', (message) => {
    const request = requestSchema.safeParse(message);
    if (!request.success) return;
    if (request.data.type === 'stop') void stop();
    else process.send?.({ type: 'address', url: shell.address() });
  });
  process.on('unhandledRejection', (reason) => {
    log.error('a promise was refused and nobody looked', { reason: String(reason) });
  });
  process.send?.({ type: 'ready', url: shell.address(), port: shell.port });
}

/** From source the cache knows its worker; a bundle has it as a file of its own. */
function workerBesideBundle(): { cacheWorkerUrl?: URL } {
  const here = fileURLToPath(import.meta.url);
  return here.endsWith('.ts')
    ? {}
    : { cacheWorkerUrl: new URL('./cacheWorker.js', import.meta.url) };
}

function leave(code: string, detail: string): void {
  if (!process.send) {
    process.stderr.write(`${code}: ${detail}\n`);
    process.exit(1);
  }
  process.send({ type: 'failed', code, detail }, () => process.exit(1));
}

await main();
