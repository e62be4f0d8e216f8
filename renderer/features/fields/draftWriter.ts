import { maxDraftLength } from '#shared/contract/methods/records.ts';

/** Longest time a letter typed into a long text waits before it is stored, ms. */
export const draftDelayMs = 250;
/** Shorter texts, of so many characters, are sent with every letter. */
export const longDraft = 20_000;

export interface DraftStorage {
  /** Answers when it was stored, ms UTC, or null where it could not be. */
  put: (json: string) => Promise<number | null>;
  remove: () => Promise<void>;
}

export interface DraftWriter {
  /** Takes the newest text of the form and stores it at once, a long one after `draftDelayMs`. */
  change: (json: string) => void;
  /** Stores at once what still waits: on leaving a field, the form or the window. */
  flush: () => void;
  /** The form is done: nothing is stored any more and the stored draft goes. */
  drop: () => Promise<void>;
}

/**
 * Stores a form's draft with every letter, one write at a time and the newest last: a slow write never overtakes a
 * later one, and what is typed meanwhile goes in one. `onSaved` is told the time (ms UTC), null for a failed write.
 */
export function createDraftWriter(
  storage: DraftStorage,
  onSaved: (savedAt: number | null) => void,
): DraftWriter {
  let waiting: string | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let writing: Promise<void> | null = null;
  let dropped = false;

  const storeAll = async (): Promise<void> => {
    while (waiting !== null && !dropped) {
      const json = waiting;
      waiting = null;
      onSaved(json.length > maxDraftLength ? null : await storage.put(json));
    }
    writing = null;
  };
  const flush = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    // The first write starts at once: on leaving the window there is no later.
    if (waiting !== null && writing === null) writing = storeAll();
  };
  return {
    change: (json) => {
      if (dropped) return;
      waiting = json;
      if (json.length > longDraft) timer ??= setTimeout(flush, draftDelayMs);
      else flush();
    },
    flush,
    drop: async () => {
      dropped = true;
      waiting = null;
      if (timer !== null) clearTimeout(timer);
      await writing;
      await storage.remove();
    },
  };
}
