import { describe, expect, it } from 'vitest';
import { WindowDouble } from '#tests/support/electronDouble.ts';
import { isOurs, isPage } from './appAddress.ts';
import { isFrom } from './senders.ts';

const ours = 'app://switchboard/index.html';
const main = { url: ours, parent: null };

describe('who speaks over IPC', () => {
  const window = new WindowDouble({});
  const other = new WindowDouble({});

  it('admits the main frame of the right window with our page', () => {
    const event = { sender: window.webContents, senderFrame: main };
    expect(isFrom(event, window, 'index.html')).toBe(true);
  });

  it.each([
    ['another window', { sender: other.webContents, senderFrame: main }],
    ['a frame within', { sender: window.webContents, senderFrame: { url: ours, parent: {} } }],
    ['a frame that went away', { sender: window.webContents, senderFrame: null }],
    [
      'the other page',
      {
        sender: window.webContents,
        senderFrame: { url: 'app://switchboard/media.html', parent: null },
      },
    ],
    [
      'a page from elsewhere',
      { sender: window.webContents, senderFrame: { url: 'https://example.com/', parent: null } },
    ],
  ])('refuses %s', (_what, event) => {
    expect(isFrom(event as Parameters<typeof isFrom>[0], window, 'index.html')).toBe(false);
  });

  it('refuses everybody without a window', () => {
    const event = { sender: window.webContents, senderFrame: main };
    expect(isFrom(event, null, 'index.html')).toBe(false);
    const gone = new WindowDouble({});
    gone.destroy();
    const late = { sender: gone.webContents, senderFrame: main };
    expect(isFrom(late, gone, 'index.html')).toBe(false);
  });
});

describe('addresses', () => {
  it.each([
    ['app://switchboard', true],
    ['app://switchboard/', true],
    ['app://switchboard/media.html', true],
    ['APP://switchboard/', true],
    ['app://switchboard.example.com/', false],
    ['app://switchboard:80/', false],
    ['app://x@switchboard/', false],
    ['https://switchboard/', false],
    ['file:///index.html', false],
    ['about:blank', false],
    ['null', false],
    ['', false],
    [undefined, false],
  ])('%s is ours: %s', (address, expected) => {
    expect(isOurs(address)).toBe(expected);
  });

  it('knows its pages apart', () => {
    expect(isPage('app://switchboard/index.html?a#b', 'index.html')).toBe(true);
    expect(isPage('app://switchboard/other/index.html', 'index.html')).toBe(false);
  });
});
