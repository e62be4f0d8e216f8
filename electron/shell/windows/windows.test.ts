import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keptLog } from '#tests/support/deskDouble.ts';
import { refusable, WindowDouble } from '#tests/support/electronDouble.ts';
import { ManualClock } from '#tests/support/manualClock.ts';
import { backgrounds, createMainWindow } from './mainWindow.ts';
import { keepMediaWindow } from './mediaWindow.ts';
import { createWindowMemory } from './windowMemory.ts';

const display = {
  id: 7,
  workArea: { x: 0, y: 0, width: 1920, height: 1040 },
} as Electron.Display;
const screen = {
  getAllDisplays: () => [display],
  getPrimaryDisplay: () => display,
  getDisplayMatching: () => display,
};

let folder = '';
let clock: ManualClock;
let log: ReturnType<typeof keptLog>;
let windows: WindowDouble[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'switchboard-window-'));
  clock = new ManualClock();
  log = keptLog();
  windows = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const file = () => join(folder, 'window.json');
const newWindow = (options: Electron.BrowserWindowConstructorOptions) => {
  const window = new WindowDouble(options);
  windows.push(window);
  return window;
};
const last = (): WindowDouble => {
  const window = windows.at(-1);
  if (!window) throw new Error('no window was made');
  return window;
};

function mainWindow(mayClose = () => true) {
  return createMainWindow({
    newWindow,
    memory: createWindowMemory({ file: file(), screen, clock, log }),
    clock,
    log,
    preload: '/app/preload.cjs',
    icon: '/app/icon.png',
    isDark: () => true,
    mayClose,
  });
}

describe('the window', () => {
  it('is sandboxed, and shown once it is painted', () => {
    mainWindow();
    const { options, loaded } = last();
    expect(options).toMatchObject({
      show: false,
      minWidth: 1024,
      minHeight: 680,
      backgroundColor: backgrounds.dark,
      webPreferences: {
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webSecurity: true,
        webviewTag: false,
        preload: '/app/preload.cjs',
      },
    });
    expect(loaded).toEqual(['app://switchboard/index.html']);
    expect(last().isVisible()).toBe(false);
    last().emit('ready-to-show');
    expect(last().isVisible()).toBe(true);
  });

  it('remembers place and size once it rests, and opens there again', () => {
    mainWindow();
    last().bounds = { x: 50, y: 60, width: 1200, height: 800 };
    last().maximize();
    last().emit('move');
    last().emit('resize');
    clock.advance(500);
    expect(JSON.parse(readFileSync(file(), 'utf8')).lastDisplay).toBe('7');

    mainWindow();
    expect(last().options).toMatchObject({ x: 50, y: 60, width: 1200, height: 800 });
    last().emit('ready-to-show');
    expect(last().isMaximized()).toBe(true);
  });

  it('opens in the usual place where its file is damaged', () => {
    writeFileSync(file(), '{"lastDisplay":');
    mainWindow();
    expect(last().options).toMatchObject({ width: 1440, height: 900 });
    expect(log.lines).toEqual(['warn the place of the window could not be read']);
  });

  it('loads its page again where that ended, and waits a breath between two ends', () => {
    mainWindow();
    const { webContents } = last();
    const end = () =>
      webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 });
    end();
    expect(webContents.reloads).toBe(1);
    end();
    expect(webContents.reloads).toBe(1);
    clock.advance(2_000);
    expect(webContents.reloads).toBe(2);
    expect(windows).toHaveLength(1);
  });

  it('waits no longer than a breath where the clock is set back', () => {
    mainWindow();
    const { webContents } = last();
    const end = () =>
      webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 });
    end();
    clock.setBack(3_600_000);
    end();
    clock.advance(2_000);
    expect(webContents.reloads).toBe(2);
  });

  it('stays where it may not close, and is made anew where it was closed', () => {
    let mayClose = false;
    const main = mainWindow(() => mayClose);
    const kept = refusable({});
    last().emit('close', kept);
    expect(kept.isRefused).toBe(true);

    mayClose = true;
    const closing = refusable({});
    last().emit('close', closing);
    expect(closing.isRefused).toBe(false);
    last().destroy();
    expect(main.current()).toBeNull();
    main.show();
    expect(windows).toHaveLength(2);
  });

  it('comes to the front, also when it was minimised', () => {
    const main = mainWindow();
    last().minimize();
    main.show();
    expect(last().isMinimized()).toBe(false);
    expect(main.hasFocus()).toBe(true);
  });
});

describe('the media window', () => {
  function mediaWindow() {
    let detached = 0;
    const relay = {
      detach() {
        detached += 1;
      },
    };
    const media = keepMediaWindow({ newWindow, relay, clock, log, preload: '/app/media.cjs' });
    return { media, detached: () => detached };
  }
  const end = (window: WindowDouble) =>
    window.webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 });

  it('is hidden, sandboxed, never slowed down and may sound', () => {
    mediaWindow();
    expect(last().options).toMatchObject({
      show: false,
      webPreferences: {
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        backgroundThrottling: false,
        autoplayPolicy: 'no-user-gesture-required',
        preload: '/app/media.cjs',
      },
    });
    expect(last().loaded).toEqual(['app://switchboard/media.html']);
    last().emit('ready-to-show');
    expect(last().isVisible()).toBe(false);
  });

  it('is made anew at once where its process ended, and tells that the page is away', () => {
    const { media, detached } = mediaWindow();
    const first = last();
    clock.advance(60_000);
    end(first);
    expect(detached()).toBe(1);
    expect(first.isDestroyed()).toBe(true);
    expect(windows).toHaveLength(2);
    expect(media.current()).toBe(last());
  });

  it('does not spin where every page ends at its start', () => {
    const { media } = mediaWindow();
    end(last());
    expect(windows).toHaveLength(1);
    expect(media.current()).toBeNull();
    clock.advance(2_000);
    expect(windows).toHaveLength(2);
  });

  it('is not made anew once the desk ends', () => {
    const { media } = mediaWindow();
    media.stop();
    clock.advance(60_000);
    expect(windows).toHaveLength(1);
    expect(last().isDestroyed()).toBe(true);
  });
});
