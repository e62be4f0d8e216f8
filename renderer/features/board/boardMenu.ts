import { type RefObject, useEffect } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

/** What a menu is about: each tile and row of the board carries it as `data-about`, such as `agent:<id>`. */
export type About =
  | { kind: 'agent'; agentId: string }
  | { kind: 'queue'; queueId: string }
  | { kind: 'call'; callRef: string };

interface BoardMenuState {
  opened: boolean;
  /** Where it hangs, px from the corner of the window. */
  x: number;
  y: number;
  /** Stays while the menu fades. */
  about: About | null;
  /** The queue for which help is looked for. */
  helpFor: string | null;
}

const menuStore = createStore<BoardMenuState>(() => ({
  ...{ opened: false, x: 0, y: 0, about: null, helpFor: null },
}));

export function useBoardMenuState(): BoardMenuState {
  return useStore(menuStore);
}

export function openMenu(about: About, x: number, y: number): void {
  menuStore.setState({ opened: true, about, x, y });
}

export function closeMenu(): void {
  menuStore.setState({ opened: false });
}

/** Opens, or closes (null), what can be done for a queue with too few hands. */
export function lookForHelp(queueId: string | null): void {
  menuStore.setState({ helpFor: queueId });
}

export function aboutOf(word: string | undefined): About | null {
  const [kind, ...rest] = word?.split(':') ?? [];
  const id = rest.join(':');
  if (kind === 'agent') return { kind, agentId: id };
  if (kind === 'queue') return { kind, queueId: id };
  return kind === 'call' ? { kind, callRef: id } : null;
}

/** The pointer's second button, Shift+F10 and the menu key open the menu of what they are on, one listener for all. */
export function useMenuOn(board: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = board.current;
    if (!element) return;
    const found = (event: Event) => {
      const at = event.target instanceof Element ? event.target : null;
      const place = at?.closest<HTMLElement>('[data-about]') ?? null;
      const about = aboutOf(place?.dataset.about);
      return place && about ? { about, place } : null;
    };
    const onContextMenu = (event: MouseEvent) => {
      const here = found(event);
      if (!here) return;
      event.preventDefault();
      openMenu(here.about, event.clientX, event.clientY);
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'ContextMenu' && !(event.shiftKey && event.key === 'F10')) return;
      const here = found(event);
      if (!here) return;
      event.preventDefault();
      const { left, bottom } = here.place.getBoundingClientRect();
      openMenu(here.about, left + 12, bottom - 4);
    };
    element.addEventListener('contextmenu', onContextMenu);
    element.addEventListener('keydown', onKeyDown);
    return () => {
      element.removeEventListener('contextmenu', onContextMenu);
      element.removeEventListener('keydown', onKeyDown);
      menuStore.setState({ opened: false, helpFor: null });
    };
  }, [board]);
}
