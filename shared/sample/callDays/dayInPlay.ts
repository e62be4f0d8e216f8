import type { Random } from '../random.ts';
import type { Agenda } from './agenda.ts';
import type { CallCentre } from './centre.ts';
import type { DayBook } from './dayBook.ts';
import type { Floor, Seat } from './floor.ts';
import type { CallPart, Journey, Occasion } from './journey.ts';
import type { Lines, Waiting } from './lines.ts';

/** A day while it is played: what there is, and the steps that lead from one part of it to another. */
export interface DayInPlay {
  centre: CallCentre;
  random: Random;
  agenda: Agenda;
  lines: Lines;
  floor: Floor;
  book: DayBook;
  /** Calls to be made, callers who wait to be called back in front. */
  toDial: CallToMake[];
  /** A call comes into a queue. */
  enter(journey: Journey, queueId: string): void;
  /** A call that waits rings at an agent who is free. */
  offer(waiting: Waiting, seat: Seat): void;
  /** An agent talks, holds, writes up. */
  talk(journey: Journey, seat: Seat, of: Talk): void;
  /** What an agent does who has nothing to do now. */
  next(seat: Seat): void;
}

export interface CallToMake {
  number: string;
  occasion: Occasion;
}

/** A talk as it will be. */
export type Talk = Pick<CallPart, 'queueId' | 'offeredAt' | 'waitedMs'> & {
  talkMs: number;
  afterCallMs: number;
  passOnTo: string | null;
};
