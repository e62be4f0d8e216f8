import { type KeyboardEvent, type RefObject, useLayoutEffect, useRef } from 'react';

const stopSelector = '[data-stop]';

/** For what Tab comes to as one of many. */
export const gridStop = { 'data-stop': true, tabIndex: -1 } as const;

/** Cells with something to choose in them, row by row; each is at its column. */
type Rows = readonly (readonly { column: number }[])[];

const pageRows = 10;

/**
 * Where a key leads from the stop `at` of row `row`, as [row, stop]: arrows, Home and End within the row, with Ctrl in
 * the whole grid, Page Up and Down by ten rows. Up and down stay in the column as far as the row has it. Null for any
 * other key.
 */
export function moveInRows(
  { key, ctrl }: { key: string; ctrl: boolean },
  [row, at]: readonly [number, number],
  rows: Rows,
): readonly [number, number] | null {
  const lastRow = rows.length - 1;
  const lastOf = (one: number) => (rows[one]?.length ?? 1) - 1;
  const below = (by: number): readonly [number, number] => {
    const to = Math.max(0, Math.min(row + by, lastRow));
    const column = rows[row]?.[at]?.column ?? 0;
    const beyond = (rows[to] ?? []).findIndex((stop) => stop.column > column);
    return [to, Math.max(0, beyond === -1 ? lastOf(to) : beyond - 1)];
  };
  switch (key) {
    case 'ArrowRight':
      return [row, Math.min(at + 1, lastOf(row))];
    case 'ArrowLeft':
      return [row, Math.max(at - 1, 0)];
    case 'ArrowDown':
      return below(1);
    case 'ArrowUp':
      return below(-1);
    case 'PageDown':
      return below(pageRows);
    case 'PageUp':
      return below(-pageRows);
    case 'Home':
      return [ctrl ? 0 : row, 0];
    case 'End':
      return ctrl ? [lastRow, lastOf(lastRow)] : [row, lastOf(row)];
    default:
      return null;
  }
}

interface Stop {
  element: HTMLElement;
  column: number;
}

/** Rows that have anything to choose. */
function stopsOf(table: HTMLTableElement): Stop[][] {
  const rows = [...table.rows].map((row) => {
    // A cell over several columns moves the place of those after it.
    let next = 0;
    return [...row.cells].flatMap((cell): Stop[] => {
      const column = next;
      next += cell.colSpan;
      const element = cell.querySelector<HTMLElement>(stopSelector);
      return element ? [{ element, column }] : [];
    });
  });
  return rows.filter((stops) => stops.length > 0);
}

function makeReachable(within: HTMLElement, wanted: HTMLElement): void {
  for (const one of within.querySelectorAll<HTMLElement>(`${stopSelector}[tabindex="0"]`)) {
    one.tabIndex = -1;
  }
  wanted.tabIndex = 0;
}

interface OneStop<E extends HTMLElement> {
  ref: RefObject<E | null>;
  onFocus: (event: { target: EventTarget; currentTarget: E }) => void;
}

/**
 * Of many things beside each other, each with `gridStop`, Tab comes to one alone: to the one that had the focus last,
 * else to the first. It is marked in the page itself: there may be thousands, and no key draws them anew.
 */
export function useOneStop<E extends HTMLElement>(): OneStop<E> {
  const ref = useRef<E>(null);
  useLayoutEffect(() => {
    const { current } = ref;
    if (!current || current.querySelector(`${stopSelector}[tabindex="0"]`)) return;
    const first = current.querySelector<HTMLElement>(stopSelector);
    if (first) makeReachable(current, first);
  });
  return {
    ref,
    onFocus({ target, currentTarget }) {
      if (target instanceof HTMLElement && target.matches(stopSelector)) {
        makeReachable(currentTarget, target);
      }
    },
  };
}

/**
 * Keys of a table whose cells can be chosen, as of an ARIA grid: Tab comes to it once, the keys of `moveInRows` go on
 * from there. What can be chosen carries `gridStop`.
 */
export function useGridKeys(): OneStop<HTMLTableElement> & {
  role: 'grid';
  onKeyDown: (event: KeyboardEvent<HTMLTableElement>) => void;
} {
  const stop = useOneStop<HTMLTableElement>();
  return {
    ...stop,
    role: 'grid',
    onKeyDown(event) {
      if (event.altKey || event.metaKey || event.shiftKey) return;
      const rows = stopsOf(event.currentTarget);
      const row = rows.findIndex((stops) => stops.some(({ element }) => element === event.target));
      if (row < 0) return;
      const at = rows[row]?.findIndex(({ element }) => element === event.target) ?? 0;
      const to = moveInRows({ key: event.key, ctrl: event.ctrlKey }, [row, at], rows);
      if (!to) return;
      event.preventDefault();
      rows[to[0]]?.[to[1]]?.element.focus();
    },
  };
}
