import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ProblemError } from './problems.ts';
import { createRequestBudget } from './requestBudget.ts';

/** Requests of one session that are not understood, before it is turned away for a while. */
export const patience = { most: 60, everyMs: 2_000 };
/** Requests of one session that may be under way at once; a desk has a handful. */
export const maxAtOnce = 48;

const notUnderstood = new Set([400, 413, 415]);

/**
 * No desk takes the server from the others: one that sends garbage, or too much at once, is answered
 * 429 `too-many-requests` before its bodies are read.
 */
export function limitPatience(app: FastifyInstance, now: () => number): void {
  const budget = createRequestBudget(now, patience);
  const underWay = new Map<string, number>();
  const counted = new WeakSet<FastifyRequest>();

  // Behind onRequest, where the caller is found.
  app.addHook('preParsing', async (request) => {
    const who = request.caller?.tokenHash;
    if (!who) return;
    budget.check(who);
    const others = underWay.get(who) ?? 0;
    if (others >= maxAtOnce) {
      throw new ProblemError(429, 'too-many-requests', 'too many requests at once', {
        'retry-after': '1',
      });
    }
    underWay.set(who, others + 1);
    counted.add(request);
  });

  app.addHook('onResponse', async (request, reply) => {
    const who = request.caller?.tokenHash;
    if (!who || !counted.has(request)) return;
    const others = (underWay.get(who) ?? 1) - 1;
    if (others > 0) underWay.set(who, others);
    else underWay.delete(who);
    if (notUnderstood.has(reply.statusCode)) budget.note(who);
  });
}
