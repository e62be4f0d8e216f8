import { type RefObject, useEffect } from 'react';

/** Long enough for whoever takes a control away to give the focus to another one. */
const patienceMs = 100;

function isGone(element: Element): boolean {
  return !element.isConnected || element.matches(':disabled');
}

/**
 * A control that an action takes away, such as the button that was pressed, leaves the focus to nobody: it goes to the
 * dialog it stood in, else to the element of this ref, so that Tab and a screen reader go on from there.
 */
export function useLostFocus(rest: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onFocusOut = ({ target, relatedTarget }: FocusEvent) => {
      if (relatedTarget !== null || !(target instanceof Element)) return;
      const dialog = target.closest<HTMLElement>('[role="dialog"]');
      clearTimeout(timer);
      timer = setTimeout(() => {
        const { activeElement, body } = document;
        const isLost = activeElement === null || activeElement === body;
        if (!isLost || !isGone(target)) return;
        const place = dialog?.isConnected ? dialog : rest.current;
        place?.focus({ preventScroll: true });
      }, patienceMs);
    };
    document.addEventListener('focusout', onFocusOut);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('focusout', onFocusOut);
    };
  }, [rest]);
}
