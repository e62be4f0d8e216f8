import type { Metrics } from '../operations/metrics.ts';
import type { CallEvents } from './callEvents.ts';

/** What `/metrics` tells of this node's call events. */
export function watchCallEvents(metrics: Metrics, { figures }: Pick<CallEvents, 'figures'>): void {
  metrics.counter(
    'switchboard_call_events_total',
    'Call events that came from the PBX and were taken by this node',
    [],
    () => [{ labels: {}, value: figures().taken }],
  );
  metrics.gauge(
    'switchboard_call_events_waiting',
    'Call events and aliases that this node has heard and not yet taken',
    [],
    () => [{ labels: {}, value: figures().waiting }],
  );
  metrics.gauge(
    'switchboard_call_events_lag_seconds',
    'From the newest event of the last batch to its commit',
    [],
    () => [{ labels: {}, value: figures().lagMs / 1_000 }],
  );
}
