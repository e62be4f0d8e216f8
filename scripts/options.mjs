import { parseArgs } from 'node:util';

export const help = `Usage: npm start -- [options]

Starts a whole practice call centre on this machine and opens the desk.

  --web           open the desk in a browser, also where Electron could run
  --port N        port of the browser shell (default: a free one)
  --data DIR      folder for all data (default: data)
  --server URL    only a desk, for a server that is running already
  --no-practice   no practice PBX and no simulated callers
  --no-open       print the address, do not open a browser
  --verbose       show what the programs log
  --help          this text

Environment:
  DATABASE_URL    a PostgreSQL for the server instead of its embedded database
  PBX_WS_URL, PBX_SIP_DOMAIN   with --no-practice: the PBX that the phones use
`;

/**
 * Reads the command line of `npm start`.
 * @param {string[]} args
 * @returns {{options: {web: boolean, port: number, data: string, server: string | null, practice: boolean, open: boolean, verbose: boolean, help: boolean}} | {problem: string}}
 */
export function readOptions(args) {
  let values;
  try {
    values = parseArgs({
      args,
      options: {
        web: { type: 'boolean', default: false },
        port: { type: 'string', default: '0' },
        data: { type: 'string', default: 'data' },
        server: { type: 'string' },
        'no-practice': { type: 'boolean', default: false },
        'no-open': { type: 'boolean', default: false },
        verbose: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port > 65535) {
    return { problem: `--port takes a number from 0 to 65535, not "${values.port}"` };
  }
  if (values.server !== undefined && !/^https?:\/\//.test(values.server)) {
    return {
      problem: `--server takes an address such as http://127.0.0.1:7080, not "${values.server}"`,
    };
  }
  return {
    options: {
      web: values.web,
      port,
      data: values.data,
      server: values.server?.replace(/\/+$/, '') ?? null,
      practice: !values['no-practice'],
      open: !values['no-open'],
      verbose: values.verbose,
      help: values.help,
    },
  };
}
