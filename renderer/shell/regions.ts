import type { RefObject } from 'react';
import { useShortcut } from '../app/hotkeys.ts';

const focusable =
  'button:not([disabled]):not([tabindex="-1"]), a[href], input:not([disabled]), textarea, select, [tabindex="0"]';

function regionsIn(root: HTMLElement): HTMLElement[] {
  const all = [...root.querySelectorAll<HTMLElement>('[data-region]')];
  return all
    .filter((region) => region.querySelector(focusable) && region.offsetParent !== null)
    .sort((a, b) => Number(a.dataset.region) - Number(b.dataset.region));
}

function move(root: HTMLElement | null, step: 1 | -1): void {
  if (!root) return;
  const regions = regionsIn(root);
  const here = regions.findIndex((region) => region.contains(document.activeElement));
  const next = regions.at(here < 0 && step < 0 ? -1 : (here + step) % regions.length);
  next?.querySelector<HTMLElement>(focusable)?.focus();
}

/**
 * F6 and Shift F6 go round the regions: call bar 1, left 2, centre 3, right 4, side bar 5, title bar 6, what others
 * want of this user 7.
 */
export function useRegionKeys(root: RefObject<HTMLElement | null>): void {
  useShortcut('work.nextRegion', () => move(root.current, 1));
  useShortcut('work.previousRegion', () => move(root.current, -1));
}
