import type { BrowserWindow, WebContents } from 'electron';

/** What this shell uses of Electron's windows; `BrowserWindow` itself fits. */
export type PageContents = Pick<WebContents, 'on' | 'send' | 'reload'>;

export type PageWindow = Pick<
  BrowserWindow,
  'on' | 'loadURL' | 'isDestroyed' | 'destroy' | 'show' | 'hide' | 'focus' | 'restore'
> &
  Pick<
    BrowserWindow,
    'isMinimized' | 'isVisible' | 'isFocused' | 'minimize' | 'maximize' | 'isMaximized'
  > &
  Pick<BrowserWindow, 'getNormalBounds' | 'getBounds' | 'flashFrame' | 'setBackgroundColor'> & {
    readonly webContents: PageContents;
  };
