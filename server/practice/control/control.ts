import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Answer, notFound, problem, readJson } from './answer.ts';
import type { Route } from './routes.ts';

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** The control interface (README.md). Every request carries `Authorization: Bearer <token>`. */
export class Control {
  #routes: readonly Route[];
  #stream: (request: IncomingMessage, response: ServerResponse) => void;
  #tokenDigest: Buffer | undefined;

  constructor(options: {
    routes: readonly Route[];
    stream: (request: IncomingMessage, response: ServerResponse) => void;
    token: string | undefined;
  }) {
    this.#routes = options.routes;
    this.#stream = options.stream;
    this.#tokenDigest = options.token === undefined ? undefined : digest(options.token);
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://practice.invalid');
    const isAllowed = this.#isAllowed(request);
    if (isAllowed && request.method === 'GET' && pathname === '/control/events') {
      this.#stream(request, response);
      return;
    }
    const answer = await this.#answer(request, pathname, isAllowed);
    const text = answer.body === undefined ? '' : JSON.stringify(answer.body);
    response.writeHead(answer.status, {
      'content-type': answer.status < 400 ? 'application/json' : 'application/problem+json',
      'cache-control': 'no-store',
    });
    response.end(text);
  }

  async #answer(request: IncomingMessage, pathname: string, isAllowed: boolean): Promise<Answer> {
    if (!pathname.startsWith('/control/') || !this.#tokenDigest) return notFound;
    if (!isAllowed) return problem(401, 'Unauthorized');
    for (const route of this.#routes) {
      const found = request.method === route.method && route.path.exec(pathname);
      if (found) return await route.act(found[1] ?? '', await readJson(request));
    }
    return notFound;
  }

  #isAllowed(request: IncomingMessage): boolean {
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    return (
      token !== undefined &&
      this.#tokenDigest !== undefined &&
      timingSafeEqual(digest(token), this.#tokenDigest)
    );
  }
}
