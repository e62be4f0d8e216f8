import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import fastifyWebsocket from '@fastify/websocket';
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import type { FromWindow } from '#shared/contract/wire.ts';
import { policyWith } from '../core/contentPolicy.ts';
import type { Desk } from '../core/desk.ts';
import type { MediaRelay } from '../core/mediaRelay.ts';
import type { Log } from '../core/providers.ts';
import { type Access, createAccess } from './access.ts';
import { usedAddressPage } from './usedAddressPage.ts';
import { attachWindow, closeMoved, maxMessageBytes, type WindowSocket } from './windowSocket.ts';

export interface BrowserShellOptions {
  desk: Desk;
  relay: MediaRelay;
  log: Log;
  /** Folder of the built window. */
  rendererDir: string;
  /** 0 takes a free one. */
  port: number;
}

export interface BrowserShell {
  port: number;
  /** A one-time address that opens the desk in a browser. */
  address(): string;
  close(): Promise<void>;
}

/**
 * Serves the window to a browser on this machine and carries the contract over one WebSocket.
 * The newest window has the desk; an older one is told that it moved.
 * Rejects with `EADDRINUSE` when the port is taken.
 */
export async function startBrowserShell(options: BrowserShellOptions): Promise<BrowserShell> {
  const { desk, log, rendererDir } = options;
  let port = options.port;
  const access = createAccess(() => port);
  const app = fastify({ logger: false });

  app.addHook('onRequest', async (request, reply) => {
    reply.headers(usualHeaders);
    if (!isOurHost(request, port)) return reply.code(403).send('This address is not served here.');
    const isOpening = request.url.startsWith('/open/') || request.url === '/healthz';
    if (isOpening || access.admits(request.headers.cookie)) return;
    return reply.code(403).type('text/html').send(usedAddressPage);
  });

  app.get('/healthz', async () => ({ ok: true }));
  app.get<{ Params: { key: string } }>('/open/:key', async (request, reply) => {
    const cookie = access.redeem(request.params.key);
    if (!cookie && access.admits(request.headers.cookie)) return reply.redirect('/');
    if (!cookie) return reply.code(403).type('text/html').send(usedAddressPage);
    const set = `${access.cookieName}=${cookie}; Path=/; HttpOnly; SameSite=Strict`;
    return reply.header('set-cookie', set).redirect('/');
  });
  await serveWindow(app, rendererDir);
  await app.register(fastifyWebsocket, { options: { maxPayload: maxMessageBytes } });
  const windows = carryContract(app, options, () => port);

  await app.listen({ host: '127.0.0.1', port });
  const listening = app.server.address();
  if (listening && typeof listening === 'object') port = listening.port;
  const stopListening = desk.listen((name, payload) =>
    windows.current()?.send({ kind: 'event', name, payload }),
  );
  log.info('browser shell listens', { port });

  return {
    port,
    address: () => addressOf(port, access),
    async close() {
      stopListening();
      await app.close();
    },
  };
}

function addressOf(port: number, access: Access): string {
  return `http://127.0.0.1:${port}/open/${access.issue()}`;
}

const usualHeaders = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy':
    'microphone=(self), speaker-selection=(self), hid=(self), camera=(), geolocation=(), usb=(), serial=()',
};

/** Another site must not reach us through a name that points at this machine (DNS rebinding). */
function isOurHost(request: FastifyRequest, port: number): boolean {
  const host = request.headers.host;
  return host === `127.0.0.1:${port}` || host === `localhost:${port}`;
}

async function serveWindow(app: FastifyInstance, rendererDir: string): Promise<void> {
  const page = await readFile(join(rendererDir, 'index.html'), 'utf8');
  app.get('/', async (_request, reply) => {
    const nonce = randomBytes(16).toString('base64');
    return reply
      .header('content-security-policy', policyWith(nonce))
      .header('cache-control', 'no-store')
      .type('text/html')
      .send(page.replaceAll('__CSP_NONCE__', nonce));
  });
  await app.register(fastifyStatic, {
    root: join(rendererDir, 'assets'),
    prefix: '/assets/',
    immutable: true,
    maxAge: '30d',
  });
}

function carryContract(app: FastifyInstance, options: BrowserShellOptions, port: () => number) {
  const { desk, relay, log } = options;
  let current: WindowSocket | null = null;

  async function onMessage(from: WindowSocket, message: FromWindow): Promise<void> {
    if (message.kind === 'invoke') {
      const result = await desk.handle(message.method, message.input);
      from.send({ kind: 'result', id: message.id, result });
      return;
    }
    if (from !== current) return;
    if (message.kind === 'mediaResult') relay.onResult(message.id, message.result);
    else relay.onEvent(message.event);
  }

  app.after(() => {
    app.get('/desk', { websocket: true }, (socket, request) => {
      const origin = request.headers.origin;
      if (origin !== `http://127.0.0.1:${port()}` && origin !== `http://localhost:${port()}`) {
        socket.close(1008, 'another origin');
        return;
      }
      const before = current;
      const window: WindowSocket = attachWindow(
        socket,
        log,
        (message) => void onMessage(window, message),
        () => {
          if (current !== window) return;
          current = null;
          relay.detach();
        },
      );
      if (before) {
        relay.detach();
        before.send({ kind: 'event', name: 'window.moved', payload: {} });
        before.close(closeMoved, 'another window has the desk');
      }
      current = window;
      relay.attach((id, command, input) =>
        window.send({ kind: 'mediaCommand', id, command, input }),
      );
    });
  });

  return { current: () => current };
}
