import { useEffect } from 'react';

const everyMs = 5_000;

/** The server tells the window nothing of integrations: it looks again while somebody can see it. */
export function useRefresh(reload: () => void): void {
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') reload();
    }, everyMs);
    return () => clearInterval(timer);
  }, [reload]);
}
