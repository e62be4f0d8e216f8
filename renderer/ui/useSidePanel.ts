import { type KeyboardEvent, type RefObject, useEffect, useRef } from 'react';

interface SidePanelProps<E extends HTMLElement> {
  ref: RefObject<E | null>;
  tabIndex: -1;
  onKeyDown: (event: KeyboardEvent<E>) => void;
}

/**
 * What opens beside the page by a key goes on there: it has the focus when it comes, Escape closes it, and what opened it
 * has the focus again, as far as it is still there. For the panel's outermost element; null: it cannot be closed.
 */
export function useSidePanel<E extends HTMLElement = HTMLElement>(
  onClose: (() => void) | null,
): { panel: SidePanelProps<E>; close: () => void } {
  const ref = useRef<E>(null);
  const opener = useRef<Element | null>(null);
  const stays = useRef(onClose === null);
  useEffect(() => {
    if (stays.current) return;
    opener.current = document.activeElement;
    ref.current?.focus({ preventScroll: true });
  }, []);

  const close = () => {
    onClose?.();
    if (opener.current instanceof HTMLElement && opener.current.isConnected) {
      opener.current.focus({ preventScroll: true });
    }
  };
  const onKeyDown = (event: KeyboardEvent<E>) => {
    if (onClose === null || event.key !== 'Escape' || event.defaultPrevented) return;
    // A menu lies elsewhere in the document, and yet its events pass here.
    const isHere = event.target instanceof Node && event.currentTarget.contains(event.target);
    if (!isHere || event.nativeEvent.isComposing) return;
    event.stopPropagation();
    close();
  };
  return { panel: { ref, tabIndex: -1, onKeyDown }, close };
}
