/**
 * The end of the process for a reason that nobody foresaw, told in one line of JSON like the rest of the log. Node's own
 * words would quote the error whole, and with it what a database says of a row.
 */
export function endOnUncaught(): void {
  process.on('uncaughtException', (error) => {
    const { name, code, at } = describe(error);
    const line = {
      level: 60,
      time: Date.now(),
      name,
      code,
      at,
      msg: 'the server ends by an error',
    };
    process.stderr.write(`${JSON.stringify(line)}\n`, () => process.exit(1));
  });
}

function describe(error: unknown) {
  if (!(error instanceof Error)) return { name: typeof error, code: undefined, at: [] };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  return { name: error.name, code, at: frames.slice(0, 8).map((frame) => frame.trim()) };
}
