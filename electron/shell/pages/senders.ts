import type { IpcMainEvent } from 'electron';
import type { PageWindow } from '../ports.ts';
import { isPage, type PageName } from './appAddress.ts';

/** The part of an IPC event that tells who sent it. */
export interface SentBy {
  sender: unknown;
  senderFrame: Pick<NonNullable<IpcMainEvent['senderFrame']>, 'url' | 'parent'> | null;
}

/**
 * The one check of who speaks over IPC: the main frame of the window that may, while it shows our
 * own page. A frame inside it, another window or a page from elsewhere is refused.
 */
export function isFrom(
  event: SentBy,
  window: Pick<PageWindow, 'isDestroyed' | 'webContents'> | null,
  page: PageName,
): boolean {
  if (!window || window.isDestroyed()) return false;
  const { sender, senderFrame } = event;
  if (sender !== window.webContents || senderFrame === null) return false;
  return senderFrame.parent === null && isPage(senderFrame.url, page);
}
