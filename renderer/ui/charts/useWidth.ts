import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

/** As wide as a chart is taken to be before it stands in the window, px. */
const usualWidth = 480;

/** The width of an element in px, new whenever it changes: a chart is drawn to it, so that its text keeps its size. */
export function useWidth<E extends HTMLElement>(): [RefObject<E | null>, number] {
  const ref = useRef<E>(null);
  const [width, setWidth] = useState(usualWidth);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const measure = () => setWidth(Math.round(element.clientWidth) || usualWidth);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, width];
}
