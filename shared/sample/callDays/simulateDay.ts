import { dateOfDay } from '../../domain/serviceLevels/zonedTime.ts';
import { minuteMs } from '../history/days.ts';
import { Random } from '../random.ts';
import { streams } from '../size.ts';
import { Agenda } from './agenda.ts';
import type { CallDay, CallDayPlan } from './callDay.ts';
import { DayBook } from './dayBook.ts';
import type { DayInPlay } from './dayInPlay.ts';
import { openTo, startOfDay } from './demand.ts';
import { Floor, type Seat } from './floor.ts';
import { Lines } from './lines.ts';
import { queueing } from './queueing.ts';
import { shiftsOn } from './shifts.ts';
import { talking } from './talking.ts';

/**
 * One day of a call centre, minute by minute: callers come, wait for an agent who is free, give up, are helped, held,
 * passed on; agents come, ring, talk, write up, rest and go. So what is counted of it fits together: with more calls
 * per agent everybody waits longer, and more give up. The same plan is the same day.
 */
export function simulateDay(plan: CallDayPlan): CallDay {
  const { centre, seed, day: homeDay } = plan;
  const random = new Random(seed, streams.callDays, 100_000 + homeDay);
  const agenda = new Agenda();
  const lines = new Lines();
  const book = new DayBook(dateOfDay(homeDay).replaceAll('-', ''), agenda, random);
  const floor = new Floor((agentId, state, reason, at) =>
    book.tell({
      ...{ name: 'agent.state', id: random.uuid(at), source: 'desk' },
      ...{ at, agentId, state, reason },
    }),
  );
  const day: DayInPlay = {
    ...{ centre, random, agenda, lines, floor, book, toDial: [] },
    enter: (journey, queueId) => queues.enter(journey, queueId),
    offer: (waiting, seat) => queues.offer(waiting, seat),
    talk: (journey, seat, of) => agents.talk(journey, seat, of),
    next,
  };
  const queues = queueing(day);
  const agents = talking(day);
  const queueIds = centre.queues.map(({ id }) => id);
  const closing = startOfDay(homeDay) + openTo * minuteMs;

  for (const shift of shiftsOn(centre, homeDay, random)) {
    agenda.note(shift.from, () => {
      const seat = floor.signIn(shift, agenda.now);
      for (const pause of shift.breaks) agenda.note(pause.at, () => rested(seat));
      agenda.note(shift.to, () => rested(seat));
      next(seat);
    });
  }
  for (const [index, call] of plan.incoming.entries()) {
    const { number, queueId } = call;
    agenda.note(call.at, () => {
      day.enter(book.begin('in', { kind: 'in', index }, number, queueId), queueId);
    });
  }
  for (const [index, { at, number }] of plan.outgoing.entries()) {
    agenda.note(at, () => {
      // Who asked to be called back, or gave up, comes before what was planned.
      const own = { number, occasion: { kind: 'out' as const, index } };
      day.toDial.push(own);
      dialIfIdle(queueIds);
    });
  }
  agenda.run();
  return { events: book.events, journeys: book.journeys };

  function rested(seat: Seat): void {
    if (seat.state === 'ready') next(seat);
  }

  /** What an agent does who has nothing to do now. */
  function next(seat: Seat): void {
    const { now } = agenda;
    const { queueIds } = seat.agent;
    const waiting = lines.next(queueIds);
    // Those of the last shift stay until nobody waits any more.
    if (now >= seat.to && (now < closing || lines.isEmpty(queueIds))) {
      floor.signOut(seat, now);
      return;
    }
    const [pause] = seat.breaks;
    if (pause && pause.at <= now && now < seat.to) {
      seat.breaks.shift();
      floor.put(seat, 'break', now, pause.reason);
      agenda.note(now + pause.lengthMs, () => next(seat));
      return;
    }
    if (waiting) {
      day.offer(waiting, seat);
      return;
    }
    floor.put(seat, 'ready', now);
    if (now < seat.to) dialIfIdle(queueIds);
    else agenda.note(now + minuteMs, () => rested(seat));
  }

  /** Somebody calls out where others stay ready for whoever calls in. */
  function dialIfIdle(of: readonly string[]): void {
    if (agenda.now >= closing) return;
    for (const queueId of of) {
      if (day.toDial.length === 0) return;
      if (!floor.hasTwoReady(queueId)) continue;
      const seat = floor.readyFor(queueId);
      const call = seat && day.toDial.shift();
      if (seat && call) agents.dial(seat, call);
    }
  }
}
