import type { App, Dialog } from 'electron';
import { ProgramFailed } from '../../centre/programs.ts';
import { fill, type ShellTexts } from '../texts.ts';

type FaultCode = Exclude<keyof ShellTexts['fault'], 'title'>;

/** Exit codes, for whoever starts the desk by a script: 1 is what nobody foresaw. */
const exitCodes: Record<FaultCode, number> = {
  internal: 1,
  'server-url': 2,
  config: 2,
  'data-not-writable': 3,
  'port-taken': 4,
  practice: 5,
  server: 5,
};

/** Why the desk cannot start, in words that `electron.json` has. */
export class StartFault extends Error {
  readonly code: FaultCode;
  readonly values: Record<string, string>;

  constructor(code: FaultCode, values: Record<string, string> = {}) {
    super(`${code} ${JSON.stringify(values)}`);
    this.name = 'StartFault';
    this.code = code;
    this.values = values;
  }
}

/** Reads any error as a start fault. */
export function faultOf(error: unknown): StartFault {
  if (error instanceof StartFault) return error;
  if (error instanceof ProgramFailed) return programFault(error);
  return new StartFault('internal', {
    detail: error instanceof Error ? error.message : String(error),
  });
}

function programFault({ program, code, message }: ProgramFailed): StartFault {
  const detail = message.trim().split('\n').at(-1) ?? '';
  if (code === 'port-taken' || detail.includes('EADDRINUSE')) return new StartFault('port-taken');
  return new StartFault(program === 'practice' ? 'practice' : 'server', { detail });
}

/** Says why in a box of the system, and ends with the code of the fault. */
export function giveUp(
  error: unknown,
  electron: { dialog: Pick<Dialog, 'showErrorBox'>; app: Pick<App, 'exit'> },
  texts: ShellTexts['fault'],
): void {
  const fault = faultOf(error);
  process.stderr.write(`switchboard: ${fault.message}\n`);
  electron.dialog.showErrorBox(texts.title, fill(texts[fault.code], fault.values));
  electron.app.exit(exitCodes[fault.code]);
}
