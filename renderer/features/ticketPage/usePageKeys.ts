import { type KeyboardEvent, useCallback } from 'react';

const typing = 'input, textarea, select, [contenteditable="true"], [role="combobox"]';

/**
 * Plain letters for what stands inside one element, while nobody types there: for its `onKeyDown`. A key of an input
 * method is never ours.
 */
export function usePageKeys(actions: ReadonlyMap<string, () => void>) {
  return useCallback(
    (event: KeyboardEvent<HTMLElement>) => {
      const { altKey, ctrlKey, metaKey, shiftKey, target, nativeEvent } = event;
      if (altKey || ctrlKey || metaKey || shiftKey || nativeEvent.isComposing) return;
      if (event.defaultPrevented || nativeEvent.repeat) return;
      // A dialog lies in another place of the document, and yet its events pass here.
      const isHere = target instanceof Node && event.currentTarget.contains(target);
      if (!isHere || (target instanceof Element && target.closest(typing))) return;
      const action = actions.get(event.key.toUpperCase());
      if (!action) return;
      event.preventDefault();
      event.stopPropagation();
      action();
    },
    [actions],
  );
}
