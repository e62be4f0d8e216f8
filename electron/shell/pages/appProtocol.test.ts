import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appFiles, fileInside } from './appProtocol.ts';

let folder = '';
let get: ReturnType<typeof appFiles>;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'switchboard-pages-'));
  const pages = join(folder, 'renderer');
  mkdirSync(join(pages, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'secret.json'), '{}');
  writeFileSync(join(pages, 'index.html'), '<meta nonce="__CSP_NONCE__">');
  writeFileSync(join(pages, 'assets', 'a b.js'), 'export {};');
  writeFileSync(join(pages, 'program.exe'), '');
  get = appFiles(pages);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ask = (url: string, method = 'GET') => get({ url, method });

describe('pages of our own scheme', () => {
  it('serves the window with a fresh nonce in page and policy', async () => {
    const first = await ask('app://switchboard/index.html');
    const second = await ask('app://switchboard/index.html?x=1#y');
    const nonce = /nonce="([^"]+)"/.exec(await first.text())?.[1] ?? '';
    expect(first.status).toBe(200);
    expect(nonce).toMatch(/^[\w+/]{22}==$/);
    expect(first.headers.get('content-security-policy')).toContain(`'nonce-${nonce}'`);
    expect(await second.text()).not.toContain(nonce);
  });

  it('serves files with their type, and no guessing', async () => {
    const file = await ask('app://switchboard/assets/a%20b.js');
    expect(file.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(file.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it.each([
    // The reading of the address folds these dots itself: it asks for a file that is not there.
    ['app://switchboard/%2e%2e/secret.json', 404],
    ['app://switchboard/..%2fsecret.json', 403],
    ['app://switchboard/assets/..%2f..%2fsecret.json', 403],
    ['app://switchboard/..%5csecret.json', 403],
    ['app://switchboard/%2e%2e%2f%2e%2e%2fetc%2fpasswd.json', 403],
    ['app://switchboard/C:%2fsecret.json', 403],
    ['app://switchboard/index.html%00.js', 403],
    ['app://switchboard/%', 403],
    ['app://switchboard/', 403],
    ['app://switchboard/program.exe', 403],
    ['app://elsewhere/index.html', 403],
    ['app://user@switchboard/index.html', 403],
    ['file:///etc/passwd.json', 403],
    ['app://switchboard/absent.js', 404],
  ])('refuses %s with %i', async (url, status) => {
    expect((await ask(url)).status).toBe(status);
  });

  it('only reads', async () => {
    expect((await ask('app://switchboard/index.html', 'POST')).status).toBe(405);
  });

  it('never names a file outside of its folder', () => {
    const part = fc.oneof(fc.constantFrom('..', '%2e%2e', '%2f', '%5c', '.', '//'), fc.string());
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const file = fileInside('/srv/pages', `app://switchboard/${parts.join('/')}`);
        expect(file === null || file.startsWith('/srv/pages/')).toBe(true);
      }),
    );
  });
});
