/** Average handle time where there is none of the last half hour, ms. */
const usualHandleMs = 90_000;

/**
 * Expected wait of a caller who enters now, ms: average handle time of the last 30 minutes × calls ahead ÷
 * agents able to take the queue. Null (unknown) with no agents.
 */
export function expectedWaitMs({
  handleMs,
  ahead,
  agents,
}: {
  handleMs: number | null;
  ahead: number;
  agents: number;
}): number | null {
  if (agents <= 0) return null;
  return ((handleMs ?? usualHandleMs) * ahead) / agents;
}
