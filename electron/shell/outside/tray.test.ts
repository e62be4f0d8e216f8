import type { Menu, MenuItemConstructorOptions, NativeImage } from 'electron';
import { describe, expect, it } from 'vitest';
import { DeskDouble, keptLog, signedInSnapshot } from '#tests/support/deskDouble.ts';
import { EmitterDouble } from '#tests/support/electronDouble.ts';
import { textsOf } from '../texts.ts';
import { showTray, trayMenu } from './tray.ts';
import { type TrayFacts, type TrayState, trayStateOf } from './trayState.ts';

describe('state of the tray', () => {
  it.each<[TrayFacts['agent']['state'], TrayFacts['phone']['state'], TrayState]>([
    ['ready', 'registered', 'ready'],
    ['break', 'registered', 'break'],
    ['ringing', 'registered', 'ringing'],
    ['onCall', 'registered', 'onCall'],
    ['wrapUp', 'registered', 'wrapUp'],
    ['ready', 'connecting', 'offline'],
    ['break', 'failed', 'offline'],
    ['onCall', 'connecting', 'onCall'],
    ['wrapUp', 'failed', 'wrapUp'],
    ['signedOut', 'off', 'signedOut'],
  ])('%s with the phone %s is %s', (state, phone, expected) => {
    const facts = {
      session: { state: 'signedIn' as const },
      agent: { state, reason: null },
      phone: { state: phone },
    };
    expect(trayStateOf(facts)).toBe(expected);
    expect(trayStateOf({ ...facts, session: { state: 'signedOut' } })).toBe('signedOut');
  });
});

class TrayDouble extends EmitterDouble {
  images: unknown[] = [];
  tip = '';
  menu: MenuItemConstructorOptions[] = [];
  isDestroyed = false;
  setImage(image: unknown): void {
    this.images.push(image);
  }
  setToolTip(tip: string): void {
    this.tip = tip;
  }
  setContextMenu(menu: Menu | null): void {
    this.menu = menu as unknown as MenuItemConstructorOptions[];
  }
  destroy(): void {
    this.isDestroyed = true;
  }
}

function shown() {
  const desk = new DeskDouble();
  const tray = new TrayDouble();
  const acts: string[] = [];
  const remove = showTray({
    newTray: () => tray,
    buildMenu: (template) => template as unknown as Menu,
    imageOf: (state) => state as unknown as NativeImage,
    desk,
    showWindow: () => acts.push('show'),
    quit: () => acts.push('quit'),
    log: keptLog(),
  });
  const click = (label: string) => {
    const find = (items: MenuItemConstructorOptions[]): MenuItemConstructorOptions | undefined =>
      items
        .flatMap((item) => [item, ...((item.submenu as MenuItemConstructorOptions[]) ?? [])])
        .find((item) => item.label === label);
    const act = find(tray.menu)?.click as (() => void) | undefined;
    act?.();
  };
  return { desk, tray, acts, remove, click };
}

describe('the tray', () => {
  it('shows the state by picture and word, in the language of the desk', () => {
    const { desk, tray } = shown();
    expect(tray.tip).toBe('Switchboard: Ready');
    desk.change({
      agent: { state: 'ringing', reason: null, since: 1, next: null, breakEndsAt: null, pbx: null },
    });
    desk.change({ settings: { ...desk.state.settings, language: 'zh-CN' } });
    expect(tray.images).toEqual(['ready', 'ringing', 'ringing']);
    expect(tray.tip).toBe('Switchboard：振铃中');
  });

  it('is not painted again where nothing is different', () => {
    const { desk, tray } = shown();
    desk.change({ agent: { ...desk.state.agent, since: 99 } });
    expect(tray.images).toHaveLength(1);
  });

  it('acts through the contract', () => {
    const { desk, tray, acts, click } = shown();
    for (const label of ['Lunch', 'Ready', 'Sign out', 'Open Switchboard', 'Quit Switchboard']) {
      click(label);
    }
    tray.emit('click');
    expect(desk.handled).toEqual([
      ['agent.rest', { state: 'break', reason: 'lunch' }],
      ['agent.rest', { state: 'ready' }],
      ['session.signOut', {}],
    ]);
    expect(acts).toEqual(['show', 'quit', 'show']);
  });

  it('goes with the desk', () => {
    const { desk, tray, remove } = shown();
    remove();
    desk.change({
      agent: { state: 'break', reason: 'rest', since: 1, next: null, breakEndsAt: null, pbx: null },
    });
    expect(tray.isDestroyed).toBe(true);
    expect(tray.images).toHaveLength(1);
  });
});

describe('menu of the tray', () => {
  const act = { run: () => () => {}, showWindow() {}, quit() {} };
  const enabled = (change: Partial<ReturnType<typeof signedInSnapshot>>) =>
    trayMenu({ ...signedInSnapshot(), ...change }, textsOf('en'), act)
      .filter(({ label, enabled }) => label && enabled !== false)
      .map(({ label }) => label);

  it('offers nothing to somebody who is not signed in', () => {
    const { session } = signedInSnapshot();
    expect(enabled({ session: { ...session, state: 'signedOut' } })).toEqual([
      'Open Switchboard',
      'Quit Switchboard',
    ]);
  });

  it('does not sign out in the middle of a call', () => {
    const agent = {
      state: 'onCall' as const,
      reason: null,
      since: 0,
      next: null,
      breakEndsAt: null,
      pbx: null,
    };
    expect(enabled({ agent })).not.toContain('Sign out');
  });

  it('never offers the break that only a missed call gives', () => {
    const menu = trayMenu({ ...signedInSnapshot(), configuration: null }, textsOf('en'), act);
    expect(JSON.stringify(menu)).not.toContain('Missed');
  });
});
