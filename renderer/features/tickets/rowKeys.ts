import { type KeyboardEvent, type RefObject, useEffect, useRef } from 'react';
import { isFocusFree } from '../../ui/focus.ts';

/** Where a key leads in a list of rows: `J K`, arrows, Home and End; null for any other key. */
export function moveRow(key: string, at: number, count: number): number | null {
  if (count === 0) return null;
  if (key === 'j' || key === 'J' || key === 'ArrowDown') return Math.min(at + 1, count - 1);
  if (key === 'k' || key === 'K' || key === 'ArrowUp') return Math.max(at - 1, 0);
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  return null;
}

/**
 * Keys of a focused list of rows: the chosen row moves with `J K` and the arrows, Enter opens it.
 * Plain letters work only while the list itself has the focus, which it takes when the page opens.
 */
export function useRowKeys(
  ids: readonly string[],
  selectedId: string | null,
  onSelect: (id: string) => void,
  onOpen: () => void,
): { listRef: RefObject<HTMLDivElement | null>; onKeyDown: (event: KeyboardEvent) => void } {
  const listRef = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The agent came here by a link or a reload and types nowhere: the keys are the list's.
    if (!isFocusFree() && !document.activeElement?.matches('a')) return;
    listRef.current?.querySelector<HTMLElement>('[role="grid"]')?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    if (selectedId === null) return;
    const row = listRef.current?.querySelector(`[data-row="${CSS.escape(selectedId)}"]`);
    row?.scrollIntoView({ block: 'nearest' });
  }, [selectedId]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.nativeEvent.isComposing) return;
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const at = selectedId === null ? -1 : ids.indexOf(selectedId);
    const next = moveRow(event.key, at, ids.length);
    const id = next === null ? undefined : ids[next];
    if (id !== undefined) {
      event.preventDefault();
      onSelect(id);
    }
    if (event.key === 'Enter' && selectedId !== null) {
      event.preventDefault();
      onOpen();
    }
  };
  return { listRef, onKeyDown };
}
