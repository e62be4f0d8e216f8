import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from 'electron';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { channels } from '#shared/contract/channels.ts';
import { type EmitterDouble, refusable, type WindowDouble } from '#tests/support/electronDouble.ts';

/** The composition itself, run against a double of everything that it takes from Electron. */
const kept = vi.hoisted(() => ({
  calls: [] as string[],
  windows: [] as unknown[],
  handlers: new Map<string, (...words: unknown[]) => unknown>(),
  doubles: {} as { app?: unknown },
}));
const windows = kept.windows as WindowDouble[];

vi.mock('electron', async () => {
  const { ContentsDouble, EmitterDouble, WindowDouble } = await import(
    '#tests/support/electronDouble.ts'
  );
  const call = (name: string) => () => void kept.calls.push(name);
  const paths = new Map<string, string>();
  const app = Object.assign(new EmitterDouble(), {
    isPackaged: false,
    enableSandbox: call('enableSandbox'),
    setAppUserModelId: call('setAppUserModelId'),
    requestSingleInstanceLock: () => true,
    getPath: (name: string) => paths.get(name) ?? '',
    setPath: (name: string, path: string) => void paths.set(name, path),
    getVersion: () => '1.2.3',
    getPreferredSystemLanguages: () => ['en-US'],
    whenReady: async () => {},
    quit: () => app.emit('before-quit', { preventDefault() {} }),
    exit: (code?: number) => void kept.calls.push(`exit ${code}`),
    setAsDefaultProtocolClient: () => true,
  } satisfies { [name in keyof App]?: unknown });
  kept.doubles.app = app;
  class BrowserWindow extends WindowDouble {
    constructor(options: object) {
      super(options);
      kept.windows.push(this);
    }
  }
  class Tray extends EmitterDouble {
    setImage = call('tray.setImage');
    setToolTip = call('tray.setToolTip');
    setContextMenu = call('tray.setContextMenu');
    destroy = call('tray.destroy');
  }
  class Notification extends EmitterDouble {
    static isSupported = () => false;
  }
  const display = { id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1040 } };
  return {
    app,
    BrowserWindow,
    Tray,
    Notification,
    webContents: ContentsDouble,
    dialog: { showErrorBox: (_title: string, text: string) => void kept.calls.push(text) },
    globalShortcut: { register: () => false, unregister: () => {} },
    ipcMain: Object.assign(new EmitterDouble(), {
      handle: (name: string, handler: (...words: unknown[]) => unknown) =>
        kept.handlers.set(name, handler),
    }),
    Menu: { setApplicationMenu: () => {}, buildFromTemplate: (template: unknown) => template },
    nativeImage: { createFromPath: (path: string) => path },
    nativeTheme: Object.assign(new EmitterDouble(), {
      themeSource: 'system',
      shouldUseDarkColors: false,
    }),
    net: { isOnline: () => true },
    powerMonitor: new EmitterDouble(),
    protocol: {
      registerSchemesAsPrivileged: call('registerSchemesAsPrivileged'),
      handle: (scheme: string) => void kept.calls.push(`serves ${scheme}`),
    },
    safeStorage: {
      getSelectedStorageBackend: () => 'basic_text',
      isAsyncEncryptionAvailable: async () => false,
    },
    screen: {
      getAllDisplays: () => [display],
      getPrimaryDisplay: () => display,
      getDisplayMatching: () => display,
    },
    session: {
      defaultSession: Object.assign(new EmitterDouble(), {
        setPermissionRequestHandler: call('permission requests'),
        setPermissionCheckHandler: call('permission checks'),
        setDevicePermissionHandler: call('device permissions'),
      }),
    },
    shell: {},
    systemPreferences: { askForMediaAccess: async () => true },
    utilityProcess: { fork: () => {} },
  };
});

let folder = '';
const argv = [...process.argv];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'switchboard-main-'));
  process.argv = ['electron', '.', `--data=${folder}`, '--server=http://127.0.0.1:9'];
  await import('./main.ts');
  await vi.waitFor(() => expect(windows).toHaveLength(2), { timeout: 60_000 });
});
afterAll(() => {
  process.argv = argv;
  rmSync(folder, { recursive: true, force: true });
});

const app = () => kept.doubles.app as EmitterDouble;
const windowOf = (page: string) => {
  const found = windows.find(({ loaded }) => loaded[0]?.endsWith(page));
  if (!found) throw new Error(`no window shows ${page}`);
  return found;
};
const ask = (method: string) =>
  kept.handlers.get(channels.invoke)?.(
    {
      sender: windowOf('index.html').webContents,
      senderFrame: { url: 'app://switchboard/index.html', parent: null },
    },
    method,
    {},
  );

describe('the Electron shell as a whole', () => {
  it('guards itself before any window is there', () => {
    expect(kept.calls.slice(0, 7)).toEqual([
      'enableSandbox',
      'setAppUserModelId',
      'registerSchemesAsPrivileged',
      'permission checks',
      'permission requests',
      'device permissions',
      'serves app',
    ]);
    expect(app().listens('web-contents-created')).toBe(true);
    expect(app().listens('certificate-error')).toBe(true);
  });

  it('opens the window and the hidden media page, each with its own preload', () => {
    const preloads = ['index.html', 'media.html'].map((page) =>
      windowOf(page).options.webPreferences?.preload?.split(/[\\/]/).at(-1),
    );
    expect(preloads).toEqual(['preload.cjs', 'mediaPreload.cjs']);
  });

  it('answers its window, with what it has to tell so far', async () => {
    const answer = await ask('desk.snapshot');
    expect(answer).toMatchObject({
      ok: true,
      value: {
        session: { state: 'signedOut', server: { url: 'http://127.0.0.1:9' }, version: '1.2.3' },
        settings: { language: 'en' },
      },
    });
    const { notices } = (answer as { value: { notices: { id: string }[] } }).value;
    expect(notices.map(({ id }) => id)).toContain('answer-key');
  });

  it('quits when its window is closed and nobody is on the line', async () => {
    const closing = refusable({});
    windowOf('index.html').emit('close', closing);
    expect(closing.isRefused).toBe(true);
    await expect.poll(() => kept.calls).toContain('exit 0');
    expect(windowOf('media.html').isDestroyed()).toBe(true);
    expect(kept.calls).toContain('tray.destroy');
  });
});
