import { type RefObject, useEffect, useRef } from 'react';

/**
 * Where a step took the focused control away, the focus goes to the element of this ref instead of nowhere. It never
 * takes the focus from another control.
 */
export function useFocusKept<E extends HTMLElement>(step: string | null): RefObject<E | null> {
  const place = useRef<E>(null);
  useEffect(() => {
    if (step === null) return;
    const { activeElement, body } = document;
    if (activeElement === null || activeElement === body) place.current?.focus();
  }, [step]);
  return place;
}
