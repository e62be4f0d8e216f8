import type { CallEnder } from '../calls/call.ts';
import { share } from './queueFigures.ts';

/** One agent's work on one call, from the answer (or the dial) to the end of after-call work. Times in ms UTC. */
export interface Handle {
  id: string;
  callRef: string;
  agentId: string;
  queueId: string | null;
  direction: 'in' | 'out';
  /** The answer of a call that came, the dial of one that was dialled. */
  beganAt: number;
  answeredAt: number | null;
  /** Hung up or passed on; null while it goes on. */
  leftAt: number | null;
  endedBy: CallEnder | null;
  /** Only of calls dialled here. */
  dialMs: number;
  talkMs: number;
  holdMs: number;
  afterCallMs: number;
  /** End of after-call work, where the handle is booked; null while it goes on. */
  doneAt: number | null;
}

/** Sums over handles that are done; everything can be added. */
export interface HandleSums {
  handled: number;
  dialMs: number;
  talkMs: number;
  holdMs: number;
  afterCallMs: number;
}

export const noHandles: HandleSums = {
  handled: 0,
  dialMs: 0,
  talkMs: 0,
  holdMs: 0,
  afterCallMs: 0,
};

/** What one handle adds; nothing while after-call work goes on. */
export function sumsOf(handle: Handle): HandleSums {
  if (handle.doneAt === null) return noHandles;
  const { dialMs, talkMs, holdMs, afterCallMs } = handle;
  return { handled: 1, dialMs, talkMs, holdMs, afterCallMs };
}

export function addHandles(a: HandleSums, b: HandleSums): HandleSums {
  return {
    handled: a.handled + b.handled,
    dialMs: a.dialMs + b.dialMs,
    talkMs: a.talkMs + b.talkMs,
    holdMs: a.holdMs + b.holdMs,
    afterCallMs: a.afterCallMs + b.afterCallMs,
  };
}

/** Average handle time: (talk + hold + after-call work + dialling) ÷ handled, ms; null without any. */
export function handleTimeMs({
  handled,
  dialMs,
  talkMs,
  holdMs,
  afterCallMs,
}: HandleSums): number | null {
  return share(dialMs + talkMs + holdMs + afterCallMs, handled);
}
