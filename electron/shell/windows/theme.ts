import type { NativeTheme } from 'electron';
import type { Desk } from '../../core/desk.ts';
import type { PageWindow } from '../ports.ts';
import { backgrounds } from './mainWindow.ts';

/** Frame, menus and the colour behind the page follow the theme that the agent chose. */
export function followTheme(
  nativeTheme: Pick<NativeTheme, 'themeSource' | 'shouldUseDarkColors' | 'on'>,
  desk: Pick<Desk, 'listen' | 'snapshot'>,
  window: () => Pick<PageWindow, 'isDestroyed' | 'setBackgroundColor'> | null,
): void {
  nativeTheme.themeSource = desk.snapshot().settings.theme;
  desk.listen((name) => {
    if (name === 'settings.changed') nativeTheme.themeSource = desk.snapshot().settings.theme;
  });
  nativeTheme.on('updated', () => {
    const painted = window();
    if (!painted || painted.isDestroyed()) return;
    painted.setBackgroundColor(
      nativeTheme.shouldUseDarkColors ? backgrounds.dark : backgrounds.light,
    );
  });
}
