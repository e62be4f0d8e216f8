import { type RefObject, useEffect, useRef } from 'react';

/** Gives the focus to what an action has brought or moved, once it stands there. */
export function useFocusAfter<E extends HTMLElement>(): {
  frame: RefObject<E | null>;
  /** Of these, the first that is there and can be used. */
  focusAfter: (...selectors: string[]) => void;
} {
  const frame = useRef<E>(null);
  const wanted = useRef<readonly string[]>([]);
  useEffect(() => {
    for (const selector of wanted.current) {
      const found = frame.current?.querySelector<HTMLElement>(`${selector}:not(:disabled)`);
      if (!found) continue;
      wanted.current = [];
      found.focus();
      return;
    }
  });
  return {
    frame,
    focusAfter: (...selectors) => {
      wanted.current = selectors;
    },
  };
}
