import { words } from './dataWords.ts';

/** Says why a command ends, and with which exit code. */
export class CommandError extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode = 1) {
    super(message);
    this.name = 'CommandError';
    this.exitCode = exitCode;
  }
}

/** Run a command and end the process with its exit code; what went wrong is one line. */
export async function runCommand(work: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await work();
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n`);
    process.exitCode = error instanceof CommandError ? error.exitCode : 1;
  }
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, path: file } = error as NodeJS.ErrnoException;
  if (file === undefined) return error.message;
  if (code === 'ENOENT') return words('noSuchFile', { file });
  if (code === 'EACCES' || code === 'EPERM') return words('mayNotAccess', { file });
  return error.message;
}

/** Throws `CommandError` (exit code 2) where a value is not among those that an option takes. */
export function oneOf<V extends string>(
  name: string,
  value: string | undefined,
  known: readonly V[],
): V {
  const found = known.find((one) => one === value);
  if (found !== undefined) return found;
  const values = known.map((one) => (one === '\t' ? 'tab' : one)).join('  ');
  throw new CommandError(words('optionTakes', { name, values }), 2);
}
