import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { DeskDouble } from '#tests/support/deskDouble.ts';
import { EmitterDouble, WindowDouble } from '#tests/support/electronDouble.ts';
import { textsOf } from '../texts.ts';
import { applicationMenu } from './applicationMenu.ts';
import { backgrounds } from './mainWindow.ts';
import { followTheme } from './theme.ts';

describe('the application menu', () => {
  function menuOn(platform: NodeJS.Platform, isPackaged = true) {
    const set: unknown[] = [];
    const menu = {
      setApplicationMenu: (given: unknown) => void set.push(given),
      buildFromTemplate: (template: MenuItemConstructorOptions[]) => template as never,
    };
    applicationMenu(menu, platform, textsOf('en').menu, isPackaged);
    return set[0];
  }

  it.each(['win32', 'linux'] as const)('is absent on %s, where Alt is ours', (platform) => {
    expect(menuOn(platform)).toBeNull();
  });

  it('has the roles of macOS, and developer tools only while developing', () => {
    const text = JSON.stringify(menuOn('darwin'));
    for (const role of ['appMenu', 'copy', 'paste', 'selectAll', 'windowMenu']) {
      expect(text).toContain(`"${role}"`);
    }
    expect(text).not.toContain('toggleDevTools');
    expect(JSON.stringify(menuOn('darwin', false))).toContain('toggleDevTools');
  });
});

describe('the theme', () => {
  it('follows the setting, and paints what is behind the page', () => {
    const desk = new DeskDouble();
    const window = new WindowDouble({});
    const nativeTheme = Object.assign(new EmitterDouble(), {
      themeSource: 'system' as 'system' | 'light' | 'dark',
      shouldUseDarkColors: false,
    });
    followTheme(nativeTheme, desk, () => window);
    expect(nativeTheme.themeSource).toBe('light');
    desk.change({ settings: { ...desk.state.settings, theme: 'dark' } });
    expect(nativeTheme.themeSource).toBe('dark');
    nativeTheme.shouldUseDarkColors = true;
    nativeTheme.emit('updated');
    expect(window.background).toBe(backgrounds.dark);
  });
});
