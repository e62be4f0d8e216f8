import { useCallback, useEffect, useRef, useState } from 'react';
import { useInvoke } from '../../app/bridge.tsx';
import { createDraftWriter, type DraftWriter } from './draftWriter.ts';

export interface Draft<T> {
  value: T;
  /** False until the stored draft has been looked for. */
  ready: boolean;
  /** When it was last stored, ms UTC; null before. */
  savedAt: number | null;
  failed: boolean;
  /** Something was typed or restored. */
  dirty: boolean;
  change: (patch: Partial<T>) => void;
  /** Stores at once what still waits. */
  flush: () => void;
  /** The form is done: the stored draft goes. */
  drop: () => Promise<void>;
}

interface State<T> {
  value: T;
  ready: boolean;
  savedAt: number | null;
  failed: boolean;
  dirty: boolean;
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

function useStorage(key: string) {
  const invoke = useInvoke();
  return {
    put: async (json: string) => {
      const result = await invoke('drafts.put', { key, json });
      return result.ok ? result.value.savedAt : null;
    },
    remove: async () => {
      await invoke('drafts.remove', { key });
    },
    get: async () => {
      const result = await invoke('drafts.get', { key });
      return result.ok && result.value.json !== null ? parse(result.value.json) : null;
    },
  };
}

function useFlushOnLeave(flush: () => void): void {
  useEffect(() => {
    const onHide = () => {
      if (document.visibilityState === 'hidden') flush();
    };
    window.addEventListener('pagehide', flush);
    document.addEventListener('visibilitychange', onHide);
    return () => {
      window.removeEventListener('pagehide', flush);
      document.removeEventListener('visibilitychange', onHide);
      flush();
    };
  }, [flush]);
}

/**
 * The fields of one form, stored on this desk as they are typed and restored when the form opens
 * again. `key` names the form and must not change while it is mounted. What the agent types before
 * the stored draft has arrived wins over it, field by field.
 */
export function useDraft<T extends object>(
  key: string,
  initial: T,
  read: (stored: unknown) => Partial<T> | null,
): Draft<T> {
  const storage = useStorage(key);
  const [state, setState] = useState<State<T>>({
    value: initial,
    ready: false,
    savedAt: null,
    failed: false,
    dirty: false,
  });
  const newest = useRef(initial);
  const typed = useRef<Partial<T>>({});
  const writerRef = useRef<DraftWriter | null>(null);
  writerRef.current ??= createDraftWriter(storage, (savedAt) =>
    setState((old) => ({ ...old, savedAt: savedAt ?? old.savedAt, failed: savedAt === null })),
  );
  const writer = writerRef.current;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the stored draft is read once, when the form opens
  useEffect(() => {
    let wanted = true;
    void storage.get().then((stored) => {
      if (!wanted) return;
      const restored = read(stored);
      newest.current = { ...newest.current, ...restored, ...typed.current };
      const value = newest.current;
      setState((old) => ({ ...old, value, ready: true, dirty: old.dirty || restored !== null }));
    });
    return () => {
      wanted = false;
    };
  }, []);

  const change = useCallback(
    (patch: Partial<T>) => {
      typed.current = { ...typed.current, ...patch };
      newest.current = { ...newest.current, ...patch };
      const value = newest.current;
      setState((old) => ({ ...old, value, dirty: true }));
      writer.change(JSON.stringify(value));
    },
    [writer],
  );
  useFlushOnLeave(writer.flush);

  return { ...state, change, flush: writer.flush, drop: writer.drop };
}
