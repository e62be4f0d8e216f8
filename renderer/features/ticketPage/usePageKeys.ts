import { type KeyboardEvent, type RefObject, useCallback } from 'react';

const typing = 'input, textarea, select, [contenteditable="true"], [role="combobox"]';

/** What plain letters do now, by capital letter. */
export type PageActions = ReadonlyMap<string, () => void>;
export const noActions: PageActions = new Map();

/**
 * Plain letters for what stands inside one element, while nobody types there: for its `onKeyDown`. A key of an input
 * method is never ours.
 */
export function usePageKeys(actions: RefObject<PageActions>) {
  return useCallback(
    (event: KeyboardEvent<HTMLElement>) => {
      const { altKey, ctrlKey, metaKey, shiftKey, target, nativeEvent } = event;
      if (altKey || ctrlKey || metaKey || shiftKey || nativeEvent.isComposing) return;
      if (event.defaultPrevented || nativeEvent.repeat) return;
      // A dialog lies in another place of the document, and yet its events pass here.
      const isHere = target instanceof Node && event.currentTarget.contains(target);
      if (!isHere || (target instanceof Element && target.closest(typing))) return;
      const action = actions.current.get(event.key.toUpperCase());
      if (!action) return;
      event.preventDefault();
      event.stopPropagation();
      action();
    },
    [actions],
  );
}
