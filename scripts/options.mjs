import { parseArgs } from 'node:util';
import { words } from './words.mjs';

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
    return { problem: words('portProblem', { value: values.port }) };
  }
  const servers = values.server?.split(',').map((part) => part.trim().replace(/\/+$/, ''));
  if (servers?.some((address) => !/^https?:\/\/[^/]/.test(address) || !URL.canParse(address))) {
    return { problem: words('serverProblem', { value: values.server ?? '' }) };
  }
  return {
    options: {
      web: values.web,
      port,
      data: values.data,
      server: servers?.join(',') ?? null,
      practice: !values['no-practice'],
      open: !values['no-open'],
      verbose: values.verbose,
      help: values.help,
    },
  };
}
