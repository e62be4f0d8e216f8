import { useEffect } from 'react';
import type { Webhook } from '#shared/sync/webhooks.ts';

const soonMs = 5_000;
const laterMs = 30_000;

/**
 * How often to look again, ms; null: nothing will change by itself. What waits goes out at once, or after minutes
 * where the receiver does not take it.
 */
export function refreshEveryMs(webhooks: readonly Webhook[]): number | null {
  const pending = webhooks.filter(({ active, waiting }) => active && waiting > 0);
  if (pending.length === 0) return null;
  return pending.some(({ failingSince }) => failingSince === null) ? soonMs : laterMs;
}

/**
 * The server tells the window nothing of integrations: it looks again every `everyMs` while somebody can see it, and
 * when somebody comes back to it.
 */
export function useRefresh(reload: () => void, everyMs: number | null): void {
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible') reload();
    };
    document.addEventListener('visibilitychange', look);
    const timer = everyMs === null ? undefined : setInterval(look, everyMs);
    return () => {
      document.removeEventListener('visibilitychange', look);
      clearInterval(timer);
    };
  }, [reload, everyMs]);
}
