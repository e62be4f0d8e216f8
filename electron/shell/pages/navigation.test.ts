import { describe, expect, it } from 'vitest';
import { keptLog } from '#tests/support/deskDouble.ts';
import { ContentsDouble, EmitterDouble, refusable } from '#tests/support/electronDouble.ts';
import { guardApp, isHarmlessLink } from './navigation.ts';

class GuardedContents extends ContentsDouble {
  opens: (details: { url: string }) => { action: string } = () => ({ action: 'allow' });

  setWindowOpenHandler(handler: (details: never) => { action: string }): void {
    this.opens = handler as typeof this.opens;
  }
}

function guarded() {
  const app = new EmitterDouble();
  const opened: string[] = [];
  const log = keptLog();
  const shell = {
    async openExternal(url: string): Promise<void> {
      opened.push(url);
    },
  };
  guardApp(app, { shell, log });
  const contents = new GuardedContents();
  app.emit('web-contents-created', {}, contents);
  return { app, contents, opened, log };
}

describe('navigation', () => {
  it.each([
    ['app://switchboard/index.html', true, true],
    ['https://example.com/', true, false],
    ['file:///etc/passwd', true, false],
    ['javascript:alert(1)', true, false],
    ['data:text/html,x', true, false],
    ['app://switchboard/index.html', false, false],
  ])('to %s (main frame %s) is allowed: %s', (url, isMainFrame, allowed) => {
    const event = refusable({ url, isMainFrame });
    guarded().contents.emit('will-frame-navigate', event);
    expect(event.isRefused).toBe(!allowed);
  });

  it('follows no redirect and embeds no page', () => {
    const { contents } = guarded();
    for (const name of ['will-redirect', 'will-attach-webview']) {
      const event = refusable({});
      contents.emit(name, event);
      expect(event.isRefused).toBe(true);
    }
  });

  it('opens no window, and hands only harmless links to the browser', () => {
    const { contents, opened } = guarded();
    expect(contents.opens({ url: 'https://example.com/help' })).toEqual({ action: 'deny' });
    expect(contents.opens({ url: 'file:///etc/passwd' })).toEqual({ action: 'deny' });
    expect(opened).toEqual(['https://example.com/help']);
  });

  it('trusts no broken certificate', () => {
    const { app, log } = guarded();
    const event = refusable({});
    const answers: boolean[] = [];
    const answer = (trusted: boolean) => answers.push(trusted);
    app.emit('certificate-error', event, {}, 'https://x', 'net::ERR_CERT', {}, answer);
    expect(event.isRefused).toBe(true);
    expect(answers).toEqual([false]);
    expect(log.lines).toEqual(['error a certificate was refused']);
  });
});

describe('links for the browser', () => {
  it.each([
    ['https://example.com/a?b#c', true],
    ['http://example.com/', false],
    ['mailto:service@example.com', true],
    ['mailto:service@example.com?attach=/etc/passwd', false],
    ['mailto:', false],
    ['https://user:pass@example.com/', false],
    ['ms-settings:privacy', false],
    ['file:///etc/passwd', false],
    ['smb://host/share', false],
    ['\\\\host\\share', false],
    ['javascript:alert(1)', false],
    ['', false],
    [`https://example.com/${'a'.repeat(2000)}`, false],
  ])('%s is harmless: %s', (url, expected) => {
    expect(isHarmlessLink(url)).toBe(expected);
  });
});
