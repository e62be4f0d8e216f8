import type { Notice } from '#shared/contract/models/desk.ts';
import type { EventHub } from './events.ts';

/** Things the desk has to tell that belong to no form. One notice per id; adding again replaces it. */
export interface Notices {
  add(notice: Notice): void;
  remove(id: string): void;
  list(): Notice[];
}

export function createNotices(events: EventHub): Notices {
  const shown = new Map<string, Notice>();
  return {
    add(notice) {
      shown.set(notice.id, notice);
      events.emit('notice.added', notice);
    },
    remove(id) {
      if (shown.delete(id)) events.emit('notice.removed', { id });
    },
    list: () => [...shown.values()],
  };
}
