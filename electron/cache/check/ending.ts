import type { Meta } from '../meta.ts';
import { createCheckProgress } from './progress.ts';

/** A cache that was not closed last time is compared with the server: nobody knows what cut it off. */
export function noteOpen(meta: Meta): void {
  if (meta.get('open') === '1' && meta.get('firstSyncDone') !== null) {
    createCheckProgress(meta).begin();
  }
  mark(meta, '1');
}

export function closedWell(meta: Meta): void {
  mark(meta, '0');
}

function mark(meta: Meta, open: '0' | '1'): void {
  try {
    meta.set('open', open);
  } catch {
    // A full disk: it is compared once too often, or once less.
  }
}
