import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join, relative, resolve, sep } from 'node:path';
import type { CustomScheme, Protocol } from 'electron';
import { policyWith } from '../../core/contentPolicy.ts';
import { appScheme, isOurs } from './appAddress.ts';

/** Told to Electron before it is ready: pages of the scheme count as secure, as the microphone needs. */
export const appSchemePrivileges = {
  scheme: appScheme,
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
} as const satisfies CustomScheme;

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wav': 'audio/wav',
  '.mp3': 'audio/mpeg',
};

const usualHeaders = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy':
    'microphone=(self), speaker-selection=(self), hid=(self), camera=(), geolocation=(), usb=(), serial=()',
};

/** Serves the built window under our own scheme. */
export function serveApp(protocol: Pick<Protocol, 'handle'>, rendererDir: string): void {
  protocol.handle(appScheme, appFiles(rendererDir));
}

/**
 * Answers with files of `rendererDir` alone: 405 for anything but GET, 403 for another host, a path
 * that leads out or a kind of file that is none of ours, 404 for one that is not there.
 */
export function appFiles(
  rendererDir: string,
): (request: Pick<Request, 'method' | 'url'>) => Promise<Response> {
  const root = resolve(rendererDir);
  return async ({ method, url }) => {
    if (method !== 'GET') return refusal(405);
    const file = isOurs(url) ? fileInside(root, url) : null;
    const type = file ? types[extname(file)] : undefined;
    if (!file || !type) return refusal(403);
    try {
      const content = await readFile(file);
      return type.startsWith('text/html') ? page(content.toString('utf8')) : asset(content, type);
    } catch {
      return refusal(404);
    }
  };
}

/** Absolute path of what `url` names, or null where it would lie outside of `root`. */
export function fileInside(root: string, url: string): string | null {
  let path: string;
  try {
    path = decodeURIComponent(new URL(url).pathname);
  } catch {
    return null;
  }
  if (path.includes('\0') || path.includes('\\') || path.includes(':')) return null;
  const file = join(root, path);
  const inside = relative(root, file);
  if (inside === '' || inside.split(sep)[0] === '..') return null;
  return file;
}

function page(text: string): Response {
  const nonce = randomBytes(16).toString('base64');
  return new Response(text.replaceAll('__CSP_NONCE__', nonce), {
    headers: {
      ...usualHeaders,
      'content-type': types['.html'] ?? '',
      'content-security-policy': policyWith(nonce),
      'cache-control': 'no-store',
    },
  });
}

function asset(content: Uint8Array<ArrayBuffer>, type: string): Response {
  return new Response(content, { headers: { ...usualHeaders, 'content-type': type } });
}

function refusal(status: 403 | 404 | 405): Response {
  return new Response(null, { status, headers: usualHeaders });
}
