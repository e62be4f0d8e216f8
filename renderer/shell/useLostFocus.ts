import { type RefObject, useEffect } from 'react';
import { isFocusFree } from '../ui/focus.ts';

/** Long enough for whoever takes a control away to give the focus to another one. */
const patienceMs = 100;

function isGone(element: Element): boolean {
  return !element.isConnected || element.matches(':disabled');
}

/** What can hold the focus for what stands in it: a dialog, a panel, the page. */
const holders = '[tabindex="-1"]';
/** What lies over the page, and is gone when it is done with. */
const over = '[role="dialog"], [role="menu"], [role="listbox"]';

/**
 * A control that an action takes away, such as the button that was pressed, leaves the focus to nobody: it goes to the
 * dialog or panel it stood in, to what had it before a dialog that is gone, or else to the element of this ref, so that Tab and a
 * screen reader go on from there. The element has it from the beginning too: what was pressed to come here is gone.
 */
export function useLostFocus(rest: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    if (isFocusFree()) rest.current?.focus({ preventScroll: true });
  }, [rest]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let below: HTMLElement | null = null;
    const onFocusIn = ({ target }: FocusEvent) => {
      if (target instanceof HTMLElement && !target.closest(over)) below = target;
    };
    const onFocusOut = ({ target, relatedTarget }: FocusEvent) => {
      if (relatedTarget !== null || !(target instanceof Element)) return;
      const home = target.parentElement?.closest<HTMLElement>(holders);
      const wasOver = target.closest(over) !== null;
      clearTimeout(timer);
      timer = setTimeout(() => {
        const { activeElement, body } = document;
        const isLost = activeElement === null || activeElement === body;
        if (!isLost || !isGone(target)) return;
        const before = wasOver && below !== null && !isGone(below) ? below : rest.current;
        const place = home?.isConnected ? home : before;
        place?.focus({ preventScroll: true });
      }, patienceMs);
    };
    document.addEventListener('focusin', onFocusIn);
    document.addEventListener('focusout', onFocusOut);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('focusin', onFocusIn);
      document.removeEventListener('focusout', onFocusOut);
    };
  }, [rest]);
}
