import type { Menu, MenuItemConstructorOptions } from 'electron';
import type { ShellTexts } from '../texts.ts';

/**
 * macOS needs a menu for its own keys (copy, paste, hide, quit); elsewhere there is none, so that
 * Alt with a letter reaches the window. Developer tools are for unpackaged runs.
 */
export function applicationMenu(
  menu: Pick<typeof Menu, 'setApplicationMenu' | 'buildFromTemplate'>,
  platform: NodeJS.Platform,
  texts: ShellTexts['menu'],
  isPackaged: boolean,
): void {
  const isMac = platform === 'darwin';
  menu.setApplicationMenu(isMac ? menu.buildFromTemplate(macMenu(texts, isPackaged)) : null);
}

function macMenu(texts: ShellTexts['menu'], isPackaged: boolean): MenuItemConstructorOptions[] {
  const tools: MenuItemConstructorOptions[] = isPackaged ? [] : [{ role: 'toggleDevTools' }];
  return [
    { role: 'appMenu' },
    { label: texts.file, submenu: [{ role: 'close' }] },
    {
      label: texts.edit,
      submenu: [
        { role: 'undo' },
        { role: 'redo' },
        { type: 'separator' },
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
      ],
    },
    {
      label: texts.view,
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
        ...tools,
      ],
    },
    { role: 'windowMenu', label: texts.window },
  ];
}
