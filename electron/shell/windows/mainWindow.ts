import type { BrowserWindowConstructorOptions } from 'electron';
import type { Clock, Log } from '../../core/providers.ts';
import { addressOf } from '../pages/appAddress.ts';
import { safePreferences } from '../pages/safePreferences.ts';
import type { PageWindow } from '../ports.ts';
import { createBreath } from './breath.ts';
import { minimumSize } from './placement.ts';
import type { WindowMemory } from './windowMemory.ts';

/** `--bg-app` of the window's two themes, shown until the first paint. */
export const backgrounds = { light: '#f4f6f8', dark: '#101317' };

export type NewWindow = (options: BrowserWindowConstructorOptions) => PageWindow;

export interface MainWindowOptions {
  newWindow: NewWindow;
  memory: WindowMemory;
  clock: Clock;
  log: Log;
  preload: string;
  icon: string;
  isDark(): boolean;
  /** The person closes the window; false keeps it, because there is a better thing to do. */
  mayClose(window: PageWindow): boolean;
}

export interface MainWindow {
  current(): PageWindow | null;
  /** Brings the window to the front, and makes it anew where it was closed. */
  show(): void;
  hasFocus(): boolean;
}

/** The window that people see. Its page may crash and be loaded again: calls live elsewhere. */
export function createMainWindow(options: MainWindowOptions): MainWindow {
  let window: PageWindow | null = null;

  function open(): PageWindow {
    const opened = build(options);
    opened.on('closed', () => {
      if (window === opened) window = null;
    });
    window = opened;
    return opened;
  }

  open();
  return {
    current: () => window,
    show() {
      if (!window || window.isDestroyed()) return void open();
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
    hasFocus: () => window !== null && !window.isDestroyed() && window.isFocused(),
  };
}

function build(options: MainWindowOptions): PageWindow {
  const { newWindow, memory, log, preload, icon, isDark, mayClose } = options;
  const { maximised, ...bounds } = memory.placement();
  const breath = createBreath(options.clock);
  const window = newWindow({
    ...bounds,
    minWidth: minimumSize.width,
    minHeight: minimumSize.height,
    show: false,
    title: 'Switchboard',
    icon,
    backgroundColor: isDark() ? backgrounds.dark : backgrounds.light,
    webPreferences: { ...safePreferences, preload },
  });
  memory.follow(window);
  window.on('ready-to-show', () => {
    if (maximised) window.maximize();
    window.show();
  });
  window.on('close', (event) => {
    if (!mayClose(window)) event.preventDefault();
  });
  window.on('unresponsive', () => log.warn('the window does not respond'));
  window.on('responsive', () => log.info('the window responds again'));
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    log.error('the page of the window ended and is loaded again', { reason, exitCode });
    breath.run(() => {
      if (!window.isDestroyed()) window.webContents.reload();
    });
  });
  window.loadURL(addressOf('index.html')).catch((error: unknown) => {
    log.error('the window could not be loaded', { error: String(error) });
  });
  return window;
}
