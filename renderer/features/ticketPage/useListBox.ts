import type { KeyboardEvent } from 'react';

/**
 * A list below a box that is typed in: the arrows of the box choose, and so does a click. Nobody is chosen before.
 * `listId` is the id of the list and begins those of its options.
 */
export function useListBox(
  listId: string,
  ids: readonly string[],
  chosen: string | null,
  onChoose: (id: string) => void,
) {
  const at = chosen === null ? -1 : ids.indexOf(chosen);
  const nameOf = (id: string) => `${listId}-${id}`;
  return {
    box: {
      role: 'combobox',
      'aria-expanded': ids.length > 0,
      'aria-controls': listId,
      'aria-activedescendant': chosen !== null && at >= 0 ? nameOf(chosen) : undefined,
      onKeyDown: (event: KeyboardEvent) => {
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (step === undefined || event.nativeEvent.isComposing) return;
        event.preventDefault();
        const next = ids[Math.min(Math.max(at + step, 0), ids.length - 1)];
        if (next !== undefined) onChoose(next);
      },
    },
    optionOf: (id: string) => ({
      id: nameOf(id),
      role: 'option',
      tabIndex: -1,
      'aria-selected': id === chosen,
      onClick: () => onChoose(id),
    }),
  };
}
