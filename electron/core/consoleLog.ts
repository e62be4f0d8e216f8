import type { Log } from './providers.ts';

/** One JSON line a message on stderr: stdout belongs to what the person who started it is told. */
export function createConsoleLog(level: 'info' | 'warn' | 'error'): Log {
  const order = { info: 0, warn: 1, error: 2 };
  const write =
    (of: keyof typeof order) => (message: string, details?: Record<string, unknown>) => {
      if (order[of] < order[level]) return;
      const line = { at: new Date().toISOString(), level: of, message, ...details };
      process.stderr.write(`${JSON.stringify(line)}\n`);
    };
  return { info: write('info'), warn: write('warn'), error: write('error') };
}
