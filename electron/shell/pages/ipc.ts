import type { IpcMain } from 'electron';
import { channels } from '#shared/contract/channels.ts';
import { mediaEventSchema } from '#shared/contract/media.ts';
import { fail } from '#shared/result.ts';
import type { Desk } from '../../core/desk.ts';
import type { MediaRelay } from '../../core/mediaRelay.ts';
import type { Log } from '../../core/providers.ts';
import type { PageWindow } from '../ports.ts';
import { isFrom, type SentBy } from './senders.ts';

export interface IpcOptions {
  ipcMain: Pick<IpcMain, 'handle' | 'on'>;
  desk: Pick<Desk, 'handle' | 'listen'>;
  relay: MediaRelay;
  log: Log;
  mainWindow(): PageWindow | null;
  mediaWindow(): PageWindow | null;
}

/** Carries the contract between desk and window, and the commands of the media page. */
export function carryContract(options: IpcOptions): void {
  const { ipcMain, desk, log, mainWindow } = options;

  ipcMain.handle(channels.invoke, (event, method: unknown, input: unknown) => {
    if (isFrom(event, mainWindow(), 'index.html')) return desk.handle(String(method), input);
    log.warn('a method was asked for from elsewhere than the window', from(event));
    return fail('forbidden', 'only the window may ask the desk');
  });
  desk.listen((name, payload) => {
    const window = mainWindow();
    if (window && !window.isDestroyed()) window.webContents.send(channels.event, name, payload);
  });
  carryMedia(options);
}

function carryMedia({ ipcMain, relay, log, mediaWindow }: IpcOptions): void {
  const admits = (event: SentBy): boolean => {
    if (isFrom(event, mediaWindow(), 'media.html')) return true;
    log.warn('a media message came from elsewhere than the media page', from(event));
    return false;
  };

  ipcMain.on(channels.mediaResult, (event, id: unknown, result: unknown) => {
    if (admits(event) && typeof id === 'number') relay.onResult(id, result);
  });
  ipcMain.on(channels.mediaEvent, (event, told: unknown) => {
    if (!admits(event)) return;
    const read = mediaEventSchema.safeParse(told);
    if (!read.success) return log.warn('the media page sent what is no event of ours');
    if (read.data.type === 'ready') greet(relay, mediaWindow);
    relay.onEvent(read.data);
  });
}

/** A page that says `ready` is a new one, and takes commands from now on: the old one's are lost. */
function greet(relay: MediaRelay, mediaWindow: () => PageWindow | null): void {
  relay.detach();
  relay.attach((id, command, input) => {
    const window = mediaWindow();
    if (window && !window.isDestroyed()) {
      window.webContents.send(channels.mediaCommand, id, command, input);
    }
  });
}

function from(event: SentBy): { url: string | null } {
  return { url: event.senderFrame?.url.slice(0, 200) ?? null };
}
