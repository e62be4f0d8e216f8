import { useEffect } from 'react';

const everyMs = 700;

/** Asks again as long as something is under way. */
export function useFollowed(busy: boolean, reload: () => void): void {
  useEffect(() => {
    if (!busy) return;
    const timer = setInterval(reload, everyMs);
    return () => clearInterval(timer);
  }, [busy, reload]);
}
