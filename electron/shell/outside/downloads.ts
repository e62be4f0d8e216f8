import { basename } from 'node:path';
import type { Dialog, Session } from 'electron';
import type { Log } from '../../core/providers.ts';
import { fill, type ShellTexts } from '../texts.ts';

export interface DownloadsOptions {
  session: Pick<Session, 'on'>;
  dialog: Pick<Dialog, 'showMessageBox'>;
  log: Log;
  texts: () => ShellTexts['download'];
}

/** Says where a file that the window saves could not be written: a full disk, a drive that is gone. */
export function watchDownloads({ session, dialog, log, texts }: DownloadsOptions): void {
  session.on('will-download', (_event, item) => {
    item.once('done', (_done, state) => {
      if (state !== 'interrupted') return;
      const { title, message, detail } = texts();
      const name = basename(item.getSavePath()) || item.getFilename();
      log.warn('a file could not be saved', { received: item.getReceivedBytes() });
      const words = { title, message: fill(message, { name }), detail };
      void dialog.showMessageBox({ type: 'error', ...words });
    });
  });
}
