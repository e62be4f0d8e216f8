import type { MediaRelay } from '../../core/mediaRelay.ts';
import type { Clock, Log } from '../../core/providers.ts';
import { addressOf } from '../pages/appAddress.ts';
import { safePreferences } from '../pages/safePreferences.ts';
import type { PageWindow } from '../ports.ts';
import { createBreath } from './breath.ts';
import type { NewWindow } from './mainWindow.ts';

export interface MediaWindowOptions {
  newWindow: NewWindow;
  relay: Pick<MediaRelay, 'detach'>;
  clock: Clock;
  log: Log;
  preload: string;
}

export interface MediaWindow {
  current(): PageWindow | null;
  /** No page is made any more. */
  stop(): void;
}

/**
 * Keeps the hidden page that holds microphone and peer connections. Where its process ends, a new
 * page takes its place and says `ready`, and the phone repairs the calls.
 */
export function keepMediaWindow(options: MediaWindowOptions): MediaWindow {
  const { relay, clock, log } = options;
  const breath = createBreath(clock);
  let window: PageWindow | null = null;
  let stopped = false;

  function open(): void {
    const opened = build(options);
    window = opened;
    opened.webContents.on('render-process-gone', (_event, { reason, exitCode }) =>
      replace(opened, { reason, exitCode }),
    );
    opened.on('closed', () => replace(opened, { reason: 'closed' }));
    opened.on('unresponsive', () => log.warn('the media page does not respond'));
    opened.loadURL(addressOf('media.html')).catch((error: unknown) => {
      log.error('the media page could not be loaded', { error: String(error) });
    });
  }

  function replace(gone: PageWindow, why: Record<string, unknown>): void {
    if (window !== gone) return;
    window = null;
    relay.detach();
    if (!gone.isDestroyed()) gone.destroy();
    if (stopped) return;
    log.error('the media page ended and is made anew', why);
    breath.run(open);
  }

  breath.run(open);
  return {
    current: () => window,
    stop() {
      stopped = true;
      breath.cancel();
      const last = window;
      if (last) replace(last, {});
    },
  };
}

function build({ newWindow, preload }: MediaWindowOptions): PageWindow {
  return newWindow({
    show: false,
    width: 320,
    height: 200,
    focusable: false,
    skipTaskbar: true,
    title: 'Switchboard audio',
    webPreferences: {
      ...safePreferences,
      preload,
      // Audio goes on while nothing is shown, and the ring tone sounds without a click before it.
      backgroundThrottling: false,
      autoplayPolicy: 'no-user-gesture-required',
    },
  });
}
