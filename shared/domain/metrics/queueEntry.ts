/**
 * How a caller's stay in a queue ended; null while it goes on. A call-back that was asked for is no abandonment.
 * `unseen`: it ended while the line to the PBX was down, and nobody can say how.
 */
const entryEnds = ['answered', 'abandoned', 'callBack', 'overflowed', 'unseen'] as const;
export type EntryEnd = (typeof entryEnds)[number];

/**
 * One entry of a call into a queue: a call that is transferred into another queue enters there anew. All
 * times are ms UTC.
 */
export interface QueueEntry {
  id: string;
  callRef: string;
  queueId: string;
  enteredAt: number;
  end: EntryEnd | null;
  /** When it was answered, given up or moved on; null while it waits. */
  endedAt: number | null;
  /** Who answered. */
  agentId: string | null;
  /** The agent who answered passed the call on. */
  transferred: boolean;
}

/** Queue entry to answer, ring time included; without an answer to the end, or to `now`. In ms. */
export function waitMsOf({ enteredAt, endedAt }: QueueEntry, now: number): number {
  return Math.max(0, (endedAt ?? now) - enteredAt);
}
