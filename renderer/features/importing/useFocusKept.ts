import { type RefObject, useEffect, useRef } from 'react';
import { isFocusFree } from '../../ui/focus.ts';

/**
 * Where a step took the focused control away, the focus goes to the element of this ref instead of nowhere. It never
 * takes the focus from another control.
 */
export function useFocusKept<E extends HTMLElement>(step: string | null): RefObject<E | null> {
  const place = useRef<E>(null);
  useEffect(() => {
    if (step === null) return;
    if (isFocusFree()) place.current?.focus();
  }, [step]);
  return place;
}
