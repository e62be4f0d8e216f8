import { z } from 'zod';
import { type LogLevel, type PracticeLog, reasonOf } from './log.ts';
import { type PracticePbx, PracticeStartError, startPracticePbx } from './practicePbx.ts';
import { practiceSettingsSchema } from './settings.ts';

/**
 * The practice PBX as a process of its own. The environment variable `SWITCHBOARD_PRACTICE` holds the settings as
 * JSON (`practiceSettingsSchema`, and `logLevel`). It tells its parent `{type: 'ready', url, controlUrl}` or
 * `{type: 'failed', code, message}` (exit code 1) and ends on SIGTERM, SIGINT, a lost parent or `{type: 'stop'}`.
 */

const variable = 'SWITCHBOARD_PRACTICE';
const levels: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];
const mainSettingsSchema = practiceSettingsSchema.extend({
  logLevel: z.enum(['debug', 'info', 'warn', 'error']).default('warn'),
});

/** The part of Electron's utility process that is used here. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
}

function parentPort(): ParentPort | undefined {
  return (process as NodeJS.Process & { parentPort?: ParentPort }).parentPort;
}

function tellParent(message: Record<string, unknown>): void {
  process.send?.(message);
  parentPort()?.postMessage(message);
}

function lineLog(least: LogLevel): PracticeLog {
  return (level, message, fields) => {
    if (levels.indexOf(level) < levels.indexOf(least)) return;
    process.stderr.write(`${JSON.stringify({ atMs: Date.now(), level, message, ...fields })}\n`);
  };
}

function isStop(message: unknown): boolean {
  return (
    typeof message === 'object' && message !== null && 'type' in message && message.type === 'stop'
  );
}

function endWhenAsked(pbx: PracticePbx): void {
  let ending = false;
  const end = () => {
    if (ending) return;
    ending = true;
    pbx.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  process.on('disconnect', end);
  process.on('message', (message) => isStop(message) && end());
  parentPort()?.on('message', (event) => isStop(event.data) && end());
}

function failureOf(error: unknown): { code: string; message: string } {
  if (error instanceof PracticeStartError) return { code: error.code, message: error.message };
  if (error instanceof z.ZodError) {
    return { code: 'settings-wrong', message: z.prettifyError(error) };
  }
  return { code: 'failed', message: reasonOf(error) };
}

async function run(): Promise<void> {
  const { logLevel, ...settings } = mainSettingsSchema.parse(
    JSON.parse(process.env[variable] ?? '{}'),
  );
  const log = lineLog(logLevel);
  // Something a single desk did must not end the calls of the others.
  process.on('uncaughtException', (error) =>
    log('error', 'unexpected error', { reason: reasonOf(error), stack: error.stack }),
  );
  process.on('unhandledRejection', (error) =>
    log('error', 'unexpected rejection', { reason: reasonOf(error) }),
  );
  const pbx = await startPracticePbx({ ...settings, log });
  endWhenAsked(pbx);
  tellParent({ type: 'ready', url: pbx.url, controlUrl: pbx.controlUrl ?? null });
}

run().catch((error: unknown) => {
  const failure = failureOf(error);
  process.stderr.write(`${JSON.stringify({ level: 'error', ...failure })}\n`);
  tellParent({ type: 'failed', ...failure });
  // The message is on its way once this turn is over; nothing else keeps the process.
  process.exitCode = 1;
  if (process.connected) process.disconnect();
  else setImmediate(() => process.exit());
});
