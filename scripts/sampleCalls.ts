import type { Writable } from 'node:stream';
import type { CallEvent } from '#shared/domain/metrics/callEvents.ts';
import { type CallHistoryOptions, callDays } from '#shared/sample/callDays/callDays.ts';
import { homeDayOf } from '#shared/sample/callDays/demand.ts';
import { createLines } from './sampleLines.ts';

const daysOfQuarter = 91;
export const mostCalls = 10_000_000;
export const mostQueues = 100;

/** What of a history of calls was written. */
export interface CallsSummary extends CallHistoryOptions {
  /** Events by name. */
  events: Partial<Record<CallEvent['name'], number>>;
  /** Calls that came in, day by day. */
  perDay: number[];
}

/** Options of a quarter that ends with the day before `asOfMs`. */
export function quarterBefore(
  asOfMs: number,
  of: Pick<CallHistoryOptions, 'calls' | 'seed'> & { queues: number },
): CallHistoryOptions {
  return { ...of, days: daysOfQuarter, fromDay: homeDayOf(asOfMs) - daysOfQuarter };
}

/**
 * Write every call event as a line, day by day, and wait whenever the receiver is slow. Does not end `to`. `onDay` is
 * told how many days are written.
 */
export async function writeCalls(
  options: CallHistoryOptions,
  to: Writable,
  onDay?: (written: number) => void,
): Promise<CallsSummary> {
  const summary: CallsSummary = { ...options, events: {}, perDay: [] };
  const lines = createLines(to);
  for (const { events, journeys } of callDays(options)) {
    for (const event of events) {
      summary.events[event.name] = (summary.events[event.name] ?? 0) + 1;
      await lines.write(event);
    }
    summary.perDay.push(journeys.filter(({ direction }) => direction === 'in').length);
    onDay?.(summary.perDay.length);
  }
  await lines.flush();
  return summary;
}
