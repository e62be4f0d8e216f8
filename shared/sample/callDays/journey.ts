import type { Call } from '../../domain/calls/call.ts';

/** One agent's part of a call, as the desk's call record tells it. Times in ms UTC. */
export interface CallPart {
  agentId: string;
  queueId: string | null;
  offeredAt: number;
  answeredAt: number | null;
  endedAt: number;
  endedBy: NonNullable<Call['endedBy']>;
  heldMs: number;
  /** From the entry into the queue. */
  waitedMs: number;
  result: 'answered' | 'missed' | 'abandoned' | 'failed';
  /** Extension or queue it was passed on to. */
  transferredTo: string | null;
  /** End of after-call work. */
  doneAt: number | null;
}

/** What a call is about: the number of an incoming call of the day, or of one that was planned to be made. */
export interface Occasion {
  kind: 'in' | 'out';
  index: number;
}

/** A call from its beginning to its end, over queues and agents. */
export interface Journey {
  callRef: string;
  direction: 'in' | 'out';
  occasion: Occasion;
  /** The other side's number; null where it was withheld. */
  number: string | null;
  startedAt: number;
  /** The queue it was last in; null where it was dialled. */
  queueId: string | null;
  /** In the order of the offers. */
  parts: CallPart[];
  /** When the caller gave up without anybody having answered. */
  abandonedAt: number | null;
}
