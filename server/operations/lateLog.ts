import type { FastifyInstance } from 'fastify';

type LateLog = (
  level: 'info' | 'warn' | 'error',
  message: string,
  fields?: Record<string, unknown>,
) => void;

/** What a part says goes where the server's other words go, as soon as there is a place; its details under `name`. */
export function createLateLog(name: string): {
  write: LateLog;
  to(log: FastifyInstance['log']): void;
} {
  let target: FastifyInstance['log'] | null = null;
  return {
    write: (level, message, fields = {}) => target?.[level]({ [name]: fields }, message),
    to(log) {
      target = log;
    },
  };
}
