import { join, resolve } from 'node:path';
import {
  app,
  BrowserWindow,
  type BrowserWindowConstructorOptions,
  dialog,
  globalShortcut,
  ipcMain,
  Menu,
  Notification,
  type NotificationConstructorOptions,
  nativeImage,
  nativeTheme,
  net,
  powerMonitor,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  systemPreferences,
  Tray,
  utilityProcess,
} from 'electron';
import type { Language } from '#shared/domain/text/text.ts';
import { type Centre, practiceHistoryDays, startCentre } from './centre/practiceCentre.ts';
import { createConsoleLog } from './core/consoleLog.ts';
import { prepareDataDir } from './core/dataDir.ts';
import { createDesk, type Desk } from './core/desk.ts';
import { createMediaRelay } from './core/mediaRelay.ts';
import type { Log } from './core/providers.ts';
import { systemClock as clock } from './core/systemClock.ts';
import { trustSystemCertificates } from './core/systemTrust.ts';
import { hasLiveCall, mayEndCalls } from './shell/life/callGuard.ts';
import { arrangeQuit, type Quit } from './shell/life/quit.ts';
import { giveUp, StartFault } from './shell/life/startFault.ts';
import { dataDirAmong, readStartOptions, type StartOptions } from './shell/life/startOptions.ts';
import { utilityPrograms } from './shell/life/utilityPrograms.ts';
import { holdAnswerKey, usualAnswerKey } from './shell/outside/answerKey.ts';
import { notifyOfCalls } from './shell/outside/callNotification.ts';
import { dialSchemes } from './shell/outside/dialLinks.ts';
import { createDialRequests } from './shell/outside/dialRequests.ts';
import { watchDownloads } from './shell/outside/downloads.ts';
import { holdSingleInstance, type SecondStarts } from './shell/outside/singleInstance.ts';
import { notifyOfTasks } from './shell/outside/taskNotification.ts';
import { showTray } from './shell/outside/tray.ts';
import { notifyOfUrgent } from './shell/outside/urgentNotification.ts';
import { watchWaking } from './shell/outside/wake.ts';
import { appSchemePrivileges, serveApp } from './shell/pages/appProtocol.ts';
import { carryContract } from './shell/pages/ipc.ts';
import { guardApp } from './shell/pages/navigation.ts';
import { limitPermissions } from './shell/pages/permissions.ts';
import type { PageWindow } from './shell/ports.ts';
import { openKeyring } from './shell/secrets/keyring.ts';
import { createElectronSecrets } from './shell/secrets/secrets.ts';
import { languageOf, textsOf } from './shell/texts.ts';
import { applicationMenu } from './shell/windows/applicationMenu.ts';
import { createMainWindow, type MainWindow } from './shell/windows/mainWindow.ts';
import { keepMediaWindow, type MediaWindow } from './shell/windows/mediaWindow.ts';
import { followTheme } from './shell/windows/theme.ts';
import { createWindowMemory } from './shell/windows/windowMemory.ts';

/**
 * Entry of the Electron shell and its only place of composition. Nothing is awaited at the top:
 * Electron becomes ready only after this module has been evaluated.
 */
const appDir = import.meta.dirname;
const root = join(appDir, '..', '..');
const icons = join(root, 'resources', 'icons');
const icon = join(icons, 'icon.png');
const systemLanguage = () => languageOf(app.getPreferredSystemLanguages());

app.enableSandbox();
app.setAppUserModelId('switchboard.desk');
protocol.registerSchemesAsPrivileged([appSchemePrivileges]);
const folder = chooseUserDir();
// Without a folder there is no lock to be had: that is said, not taken for another desk.
const starts = folder.ok ? holdSingleInstance(app, process.argv) : null;
if (folder.ok && !starts) app.exit(0);
else {
  app
    .whenReady()
    .then(() => start(starts))
    .catch((error: unknown) => giveUp(error, { dialog, app }, textsOf(systemLanguage()).fault));
}

/** `--data` moves everything of this desk, the lock of the single instance too. */
function chooseUserDir(): ReturnType<typeof prepareDataDir> {
  const given = dataDirAmong(process.argv);
  const userDir = given ? join(resolve(given), 'electron') : app.getPath('userData');
  const prepared = prepareDataDir(userDir);
  if (prepared.ok) app.setPath('userData', userDir);
  return prepared;
}

async function start(second: SecondStarts | null): Promise<void> {
  if (!folder.ok) throw notWritable(folder.error.details?.dataDir);
  const userDir = folder.value;
  const options = readStartOptions(process.argv, process.env, userDir);
  const log = createConsoleLog(options.logLevel);
  process.on('unhandledRejection', (reason) => {
    log.error('a promise was refused and nobody looked', { reason: String(reason) });
  });
  trustSystemCertificates(options.serverUrl ?? '', log);
  guardApp(app, { shell, log });
  limitPermissions(session.defaultSession, log);
  serveApp(protocol, join(appDir, 'renderer'));

  const centre = options.serverUrl ? null : await practise(userDir, log);
  const relay = createMediaRelay(clock);
  const desk = await makeDesk({ options, centre, relay, userDir, log });
  openDesk({ desk, relay, centre, options, userDir, log, second });
}

function notWritable(dataDir: unknown): StartFault {
  return new StartFault('data-not-writable', { dataDir: String(dataDir) });
}

async function practise(userDir: string, log: Log): Promise<Centre> {
  const isManual = process.env.SWITCHBOARD_CALLERS === 'manual';
  const centre = await startCentre({
    start: utilityPrograms({
      fork: utilityProcess.fork,
      appDir,
      environment: process.env,
      clock,
    }),
    dataDir: join(userDir, 'centre'),
    resourcesDir: join(root, 'resources'),
    practice: true,
    pbx: null,
    databaseUrl: null,
    historyDays: isManual ? 0 : practiceHistoryDays,
    autoCallers: !isManual,
    logLevel: 'error',
  });
  for (const program of centre.programs) {
    program.onExit((code, words) => log.error('a part of the practice ended', { code, words }));
  }
  return centre;
}

interface Parts {
  options: StartOptions;
  centre: Centre | null;
  relay: ReturnType<typeof createMediaRelay>;
  userDir: string;
  log: Log;
}

async function makeDesk({ options, centre, relay, userDir, log }: Parts): Promise<Desk> {
  const prepared = prepareDataDir(join(userDir, 'desk'));
  if (!prepared.ok) throw notWritable(prepared.error.details?.dataDir);
  const dataDir = prepared.value;
  const { platform } = process;
  const vault = await openKeyring({ safeStorage, platform, allowWeak: options.allowWeakKeyring });
  const desk = createDesk({
    log,
    clock,
    secrets: createElectronSecrets(join(dataDir, 'sealed.json'), vault, log),
    media: relay.port,
    dataDir,
    version: app.getVersion(),
    serverUrl: options.serverUrl ?? centre?.serverUrl ?? '',
    language: systemLanguage(),
    cacheWorkerUrl: new URL('./cacheWorker.js', import.meta.url),
  });
  if (!vault.ok) desk.notify({ id: 'keyring', level: 'error', failure: vault.error });
  return desk;
}

interface Desktop extends Parts {
  desk: Desk;
}

function openDesk({ second, ...parts }: Desktop & { second: SecondStarts | null }): void {
  const { desk, centre, log } = parts;
  const windows = openWindows(parts, () => quit);
  const { main, media } = windows;
  const attention = drawAttention(parts, main);
  const quit = arrangeQuit({
    app,
    clock,
    log,
    mayLeave: () => mayEndCalls(desk, dialog, textsOf(languageFor(desk)).quit),
    async stop() {
      attention.stop();
      await desk.stop();
      media.stop();
      await centre?.stop();
    },
  });
  process.on('SIGTERM', quit.now);
  process.on('SIGINT', quit.now);
  powerMonitor.on('shutdown', quit.now);
  app.on('activate', main.show);
  // A media page that is being replaced may be the last window for a moment.
  app.on('window-all-closed', () => {});

  if (app.isPackaged) for (const scheme of dialSchemes) app.setAsDefaultProtocolClient(scheme);
  const requests = createDialRequests(desk, main.show, log);
  second?.deliver({ showWindow: main.show, takeLink: requests.take });
}

function languageFor(desk: Desk): Language {
  return desk.snapshot().settings.language;
}

function newWindow({ webPreferences, ...given }: BrowserWindowConstructorOptions): BrowserWindow {
  const devTools = !app.isPackaged;
  return new BrowserWindow({ ...given, webPreferences: { ...webPreferences, devTools } });
}

function openWindows(
  { desk, relay, userDir, log }: Desktop,
  quit: () => Quit,
): { main: MainWindow; media: MediaWindow } {
  // Windows ends the session through its windows, the others through the power monitor.
  app.on('browser-window-created', (_event, window) =>
    window.on('session-end', () => quit().now()),
  );
  if (process.platform === 'darwin') void systemPreferences.askForMediaAccess('microphone');
  const media = keepMediaWindow({
    newWindow,
    relay,
    clock,
    log,
    preload: join(appDir, 'mediaPreload.cjs'),
  });
  followTheme(nativeTheme, desk, () => main.current());
  const main = createMainWindow({
    newWindow,
    memory: createWindowMemory({ file: join(userDir, 'window.json'), screen, clock, log }),
    clock,
    log,
    preload: join(appDir, 'preload.cjs'),
    icon,
    isDark: () => nativeTheme.shouldUseDarkColors,
    mayClose: (window) => quit().isLeaving() || leaveByWindow(window, desk),
  });
  const [mainWindow, mediaWindow] = [main.current, media.current];
  carryContract({ ipcMain, desk, relay, log, mainWindow, mediaWindow });
  return { main, media };
}

/** Closing the window never closes it at once: a call keeps the desk, else it ends in order. */
function leaveByWindow(window: PageWindow, desk: Desk): false {
  if (hasLiveCall(desk)) window.minimize();
  else {
    window.hide();
    if (process.platform !== 'darwin') app.quit();
  }
  return false;
}

/** All that shows and works outside of the window: menu, tray, notifications, answer key, waking. */
function drawAttention({ desk, options, log }: Desktop, main: MainWindow): { stop(): void } {
  const menu = () =>
    applicationMenu(Menu, process.platform, textsOf(languageFor(desk)).menu, app.isPackaged);
  menu();
  watchDownloads({
    session: session.defaultSession,
    dialog,
    log,
    texts: () => textsOf(languageFor(desk)).download,
  });
  desk.listen((name) => {
    if (name === 'settings.changed') menu();
  });
  const telling = {
    newNotification: (given: NotificationConstructorOptions) => new Notification(given),
    isSupported: () => Notification.isSupported(),
    desk,
    hasFocus: main.hasFocus,
    showWindow: main.show,
    sharedScreen: options.sharedScreen,
    ...{ icon, log },
  };
  const notifications = notifyOfCalls({ ...telling, window: main.current });
  const tasks = notifyOfTasks(telling);
  const urgent = notifyOfUrgent(telling);
  app.on('browser-window-focus', urgent.clear);
  app.on('browser-window-focus', notifications.focused);
  app.on('browser-window-focus', tasks.clear);
  const removeTray = showTray({
    newTray: (image) => new Tray(image),
    buildMenu: (template) => Menu.buildFromTemplate(template),
    imageOf: (state) => nativeImage.createFromPath(join(icons, 'tray', `${state}.png`)),
    desk,
    showWindow: main.show,
    quit: () => app.quit(),
    log,
  });
  const releaseKey = takeAnswerKey(desk, options, main.show, log);
  const { sleep, wake } = desk;
  const stopWatching = watchWaking({ powerMonitor, net, clock, sleep, wake });
  return {
    stop() {
      releaseKey();
      stopWatching();
      notifications.clear();
      tasks.clear();
      urgent.clear();
      removeTray();
    },
  };
}

function takeAnswerKey(
  desk: Desk,
  { answerKey }: StartOptions,
  showWindow: () => void,
  log: Log,
): () => void {
  if (answerKey === null) return () => {};
  const accelerator = answerKey ?? usualAnswerKey;
  const { notify } = desk;
  return holdAnswerKey({ globalShortcut, accelerator, desk, notify, showWindow, log });
}
