import type { App, Shell, WebContents } from 'electron';
import type { Log } from '../../core/providers.ts';
import { isOurs } from './appAddress.ts';

type GuardedContents = Pick<WebContents, 'on' | 'setWindowOpenHandler'>;

export interface NavigationOptions {
  shell: Pick<Shell, 'openExternal'>;
  log: Log;
}

const longestLink = 2000;

/**
 * Whether a link may be handed to the system: https without a login in it, or an address to write to, of a
 * sane length.
 */
export function isHarmlessLink(address: string): boolean {
  if (address.length > longestLink) return false;
  const url = URL.parse(address);
  if (url?.protocol === 'mailto:')
    return /^[^\s?&=]+@[^\s?&=]+$/.test(url.pathname) && url.search === '';
  return url?.protocol === 'https:' && url.username === '' && url.password === '';
}

/** No page of ours leaves our origin, opens a window or embeds another page. */
function guardContents(contents: GuardedContents, options: NavigationOptions): void {
  const { log, shell } = options;

  contents.on('will-frame-navigate', (details) => {
    if (details.isMainFrame && isOurs(details.url)) return;
    details.preventDefault();
    log.warn('a page wanted to go elsewhere', { url: details.url.slice(0, 200) });
  });
  contents.on('will-redirect', (details) => details.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    if (isHarmlessLink(url)) {
      shell.openExternal(url).catch((error: unknown) => {
        log.warn('a link could not be opened', { error: String(error) });
      });
    } else log.warn('a link was not opened', { url: url.slice(0, 200) });
    return { action: 'deny' };
  });
}

/** Applies the rules to every page there will ever be, and trusts no certificate that Chromium does not. */
export function guardApp(app: Pick<App, 'on'>, options: NavigationOptions): void {
  app.on('web-contents-created', (_event, contents) => guardContents(contents, options));
  app.on('certificate-error', (event, _contents, url, error, _certificate, answer) => {
    event.preventDefault();
    options.log.error('a certificate was refused', { url: url.slice(0, 200), error });
    answer(false);
  });
}
