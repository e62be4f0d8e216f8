import type { FastifyInstance } from 'fastify';
import { problem, sendProblem } from './problems.ts';

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

/** Learns every route that is registered from now on. */
export function watchRoutes(app: FastifyInstance): ReadonlyMap<string, ReadonlySet<string>> {
  const known = new Map<string, Set<string>>();
  app.addHook('onRoute', ({ url, method }) => {
    const held = known.get(url) ?? new Set<string>();
    for (const one of [method].flat()) held.add(one);
    known.set(url, held);
  });
  return known;
}

/** Addresses that exist answer methods that they do not have with 405 and Allow (RFC 9110, section 15.5.6). */
export function answerOtherMethods(
  app: FastifyInstance,
  routes: ReadonlyMap<string, ReadonlySet<string>>,
): void {
  // Registering below adds to the map.
  for (const [url, known] of [...routes]) {
    const allow = [...known].sort().join(', ');
    const others = methods.filter((method) => !known.has(method));
    app.route({
      method: others,
      url,
      exposeHeadRoute: false,
      schema: { hide: true },
      // Before a body is read, and before anybody is asked who he is.
      onRequest: async (_request, reply) =>
        sendProblem(reply.header('allow', allow), problem(405, 'invalid-input', `use ${allow}`)),
      handler: () => {},
    });
  }
}
