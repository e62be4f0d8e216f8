import type { Menu, MenuItemConstructorOptions, NativeImage, Tray } from 'electron';
import type { MethodName } from '#shared/contract/contract.ts';
import type { Snapshot } from '#shared/contract/models/desk.ts';
import { type BreakReason, breakReasons } from '#shared/domain/agents/agentState.ts';
import type { Desk } from '../../core/desk.ts';
import type { Log } from '../../core/providers.ts';
import { fill, type ShellTexts, textsOf } from '../texts.ts';
import { type TrayState, trayStateOf } from './trayState.ts';

export interface TrayOptions {
  newTray(
    image: NativeImage,
  ): Pick<Tray, 'setImage' | 'setToolTip' | 'setContextMenu' | 'on' | 'destroy'>;
  buildMenu(template: MenuItemConstructorOptions[]): Menu;
  imageOf(state: TrayState): NativeImage;
  desk: Pick<Desk, 'handle' | 'listen' | 'snapshot'>;
  showWindow(): void;
  quit(): void;
  log: Log;
}

type Do = <M extends MethodName>(method: M, input: unknown) => () => void;

const telling = new Set(['session.changed', 'agent.changed', 'phone.changed', 'settings.changed']);

/** State and first actions beside the clock of the system. Returns the way to take it away. */
export function showTray(options: TrayOptions): () => void {
  const { newTray, buildMenu, imageOf, desk, showWindow, quit, log } = options;
  let shown = '';

  const run: Do = (method, input) => () => {
    void desk.handle(method, input).then((done) => {
      if (!done.ok) log.warn('the tray could not do that', { method, code: done.error.code });
    });
  };

  const tray = newTray(imageOf(trayStateOf(desk.snapshot())));
  tray.on('click', showWindow);

  function paint(): void {
    const snapshot = desk.snapshot();
    const state = trayStateOf(snapshot);
    const texts = textsOf(snapshot.settings.language);
    const face = `${state} ${snapshot.agent.reason} ${snapshot.agent.state} ${snapshot.settings.language}`;
    if (face === shown) return;
    shown = face;
    tray.setImage(imageOf(state));
    tray.setToolTip(fill(texts.tray.tip, { state: wordOf(state, texts) }));
    tray.setContextMenu(buildMenu(trayMenu(snapshot, texts, { run, showWindow, quit })));
  }

  paint();
  const stop = desk.listen((name) => {
    if (telling.has(name)) paint();
  });
  return () => {
    stop();
    tray.destroy();
  };
}

function wordOf(state: TrayState, texts: ShellTexts): string {
  return state === 'offline' ? texts.tray.offline : texts.agentState[state];
}

export function trayMenu(
  { session, agent, configuration }: Pick<Snapshot, 'session' | 'agent' | 'configuration'>,
  texts: ShellTexts,
  act: { run: Do; showWindow(): void; quit(): void },
): MenuItemConstructorOptions[] {
  const isSignedIn = session.state === 'signedIn';
  const isBusy = agent.state === 'ringing' || agent.state === 'onCall';
  const reasons = configuration?.breakReasons ?? breakReasons;
  const breaks = reasons
    .filter((reason) => reason !== 'missed')
    .map((reason: BreakReason) => ({
      label: texts.breakReason[reason],
      type: 'radio' as const,
      checked: agent.state === 'break' && agent.reason === reason,
      click: act.run('agent.rest', { state: 'break', reason }),
    }));
  return [
    { label: texts.tray.show, click: act.showWindow },
    { type: 'separator' },
    {
      label: texts.tray.ready,
      type: 'radio',
      checked: agent.state === 'ready',
      enabled: isSignedIn,
      click: act.run('agent.rest', { state: 'ready' }),
    },
    { label: texts.tray.break, enabled: isSignedIn, submenu: breaks },
    { type: 'separator' },
    {
      label: texts.tray.signOut,
      enabled: isSignedIn && !isBusy,
      click: act.run('session.signOut', {}),
    },
    { label: texts.tray.quit, click: act.quit },
  ];
}
