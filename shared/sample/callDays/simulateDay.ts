import type { CallEvent } from '../../domain/metrics/callEvents.ts';
import { dateOfDay } from '../../domain/serviceLevels/zonedTime.ts';
import { minuteMs } from '../history/days.ts';
import { Random } from '../random.ts';
import { streams } from '../size.ts';
import { Agenda } from './agenda.ts';
import type { CallDay, CallDayPlan } from './callDay.ts';
import { afterCallSpread, type QueuePlan, talkSpread } from './centre.ts';
import { openTo, startOfDay } from './demand.ts';
import { aroundMs } from './draws.ts';
import { Floor, type Seat } from './floor.ts';
import {
  afterCallMsOf,
  enders,
  heldMsOf,
  patienceOf,
  rates,
  talkMsOf,
  times,
  unanswered,
} from './habits.ts';
import type { CallPart, Journey, Occasion } from './journey.ts';
import { Lines, type Waiting } from './lines.ts';
import { shiftsOn } from './shifts.ts';

/**
 * One day of a call centre, minute by minute: callers come, wait for an agent who is free, give up, are helped, held,
 * passed on; agents come, ring, talk, write up, rest and go. So what is counted of it fits together: with more calls
 * per agent everybody waits longer, and more give up. The same plan is the same day.
 */
export function simulateDay(plan: CallDayPlan): CallDay {
  const { centre, seed, day } = plan;
  const random = new Random(seed, streams.callDays, 100_000 + day);
  const agenda = new Agenda();
  const lines = new Lines();
  const floor = new Floor((agentId, state, reason, at) =>
    tell({ name: 'agent.state', id: random.uuid(at), source: 'desk', at, agentId, state, reason }),
  );
  const queueIds = centre.queues.map(({ id }) => id);
  const queues = new Map(centre.queues.map((queue) => [queue.id, queue]));
  const date = dateOfDay(day).replaceAll('-', '');
  const closing = startOfDay(day) + openTo * minuteMs;
  const events: CallEvent[] = [];
  const journeys: Journey[] = [];
  /** Calls to be made, callers who wait to be called back in front. */
  const toDial: { number: string; occasion: Occasion }[] = [];
  let begun = 0;

  for (const shift of shiftsOn(centre, day, random)) {
    agenda.note(shift.from, () => {
      const seat = floor.signIn(shift, agenda.now);
      for (const pause of shift.breaks) agenda.note(pause.at, () => rested(seat));
      agenda.note(shift.to, () => rested(seat));
      next(seat);
    });
  }
  for (const [index, call] of plan.incoming.entries()) {
    const { number, queueId } = call;
    agenda.note(call.at, () => enter(begin('in', { kind: 'in', index }, number, queueId), queueId));
  }
  for (const [index, { at, number }] of plan.outgoing.entries()) {
    agenda.note(at, () => {
      // Who asked to be called back, or gave up, comes before what was planned.
      const own = { number, occasion: { kind: 'out' as const, index } };
      toDial.push(own);
      dialIfIdle(queueIds);
    });
  }
  agenda.run();
  return { events, journeys };

  function tell(event: CallEvent): void {
    events.push(event);
  }

  function ofCall({ callRef }: Journey, source: CallEvent['source'] = 'pbx') {
    const at = agenda.now;
    return { id: random.uuid(at), source, at, callRef };
  }

  function begin(
    direction: 'in' | 'out',
    occasion: Occasion,
    number: string | null,
    queueId: string | null,
  ): Journey {
    begun += 1;
    const journey: Journey = {
      callRef: `${date}-${String(begun).padStart(5, '0')}`,
      ...{ direction, occasion, number, queueId, startedAt: agenda.now },
      ...{ parts: [], abandonedAt: null },
    };
    journeys.push(journey);
    return journey;
  }

  function enter(journey: Journey, queueId: string): void {
    const queue = queues.get(queueId);
    if (!queue) throw new RangeError(`no queue ${queueId}`);
    journey.queueId = queueId;
    const caller = journey.number === null ? {} : { caller: journey.number };
    tell({ name: 'queue.entered', ...ofCall(journey), queueId, ...caller });
    const now = agenda.now;
    const waiting: Waiting = { journey, queueId, enteredAt: now, offer: null, isOver: false };
    lines.add(waiting);
    agenda.note(now + patienceOf(queue, random), () => giveUp(waiting));
    if (random.chance(rates.wantsCallBack)) {
      agenda.note(now + times.callBackOfferedMs, () => askForCallBack(waiting));
    }
    const { overflow } = queue;
    if (overflow) agenda.note(now + overflow.afterMs, () => moveOn(waiting, overflow.to));
    const seat = floor.readyFor(queueId);
    if (seat) offer(waiting, seat);
  }

  function offer(waiting: Waiting, seat: Seat): void {
    const { journey, queueId } = waiting;
    const at = agenda.now;
    waiting.offer = { seat, at };
    const agentId = seat.agent.id;
    floor.put(seat, 'ringing', at);
    tell({ name: 'agent.offered', ...ofCall(journey), agentId, queueId });
    const mine = waiting.offer;
    const isMine = () => !waiting.isOver && waiting.offer === mine;
    if (random.chance(rates.ringsOut)) {
      agenda.note(at + times.ringsOutMs, () => isMine() && ringOut(waiting, mine));
    } else {
      const ringMs = Math.round(random.int(1_800, 6_500) * seat.agent.pace);
      agenda.note(at + ringMs, () => isMine() && answer(waiting, mine));
    }
  }

  function ringOut(waiting: Waiting, { seat, at }: { seat: Seat; at: number }): void {
    const { journey, queueId, enteredAt } = waiting;
    const { now } = agenda;
    const agentId = seat.agent.id;
    waiting.offer = null;
    tell({ name: 'agent.notAnswered', ...ofCall(journey), agentId, queueId, how: 'noAnswer' });
    const waitedMs = now - enteredAt;
    journey.parts.push({ ...unanswered(seat, queueId, at, now, waitedMs), result: 'missed' });
    floor.put(seat, 'break', now, 'missed');
    agenda.note(now + aroundMs(random, times.missedBreakMs, 0.5), () => next(seat));
    const other = floor.readyFor(queueId);
    if (other) offer(waiting, other);
  }

  function giveUp(waiting: Waiting): void {
    if (!leave(waiting, 'abandoned', 'abandoned')) return;
    const { journey } = waiting;
    if (journey.parts.some(({ result }) => result === 'answered')) return;
    journey.abandonedAt = agenda.now;
    if (journey.number !== null && random.chance(0.7)) toDial.unshift(callBackOf(journey));
  }

  function askForCallBack(waiting: Waiting): void {
    const { journey } = waiting;
    if (journey.number === null || waiting.offer || !leave(waiting, 'callBack', 'abandoned'))
      return;
    toDial.unshift(callBackOf(journey));
  }

  function callBackOf({ number, occasion }: Journey) {
    return { number: number ?? '', occasion };
  }

  function moveOn(waiting: Waiting, queueId: string): void {
    if (waiting.offer || !leave(waiting, 'overflowed', 'abandoned')) return;
    enter(waiting.journey, queueId);
  }

  /** False: it had left before. */
  function leave(
    waiting: Waiting,
    how: 'abandoned' | 'callBack' | 'overflowed',
    result: 'abandoned',
  ): boolean {
    if (waiting.isOver) return false;
    const { journey, queueId, enteredAt } = waiting;
    const { now } = agenda;
    lines.remove(waiting);
    tell({ name: 'queue.left', ...ofCall(journey), queueId, how });
    if (!waiting.offer) return true;
    const { seat, at } = waiting.offer;
    const agentId = seat.agent.id;
    tell({ name: 'agent.notAnswered', ...ofCall(journey), agentId, queueId, how: 'withdrawn' });
    journey.parts.push({ ...unanswered(seat, queueId, at, now, now - enteredAt), result });
    next(seat);
    return true;
  }

  function answer(waiting: Waiting, { seat, at: offeredAt }: { seat: Seat; at: number }): void {
    const { journey, queueId, enteredAt } = waiting;
    const queue = queues.get(queueId);
    if (!queue) return;
    const answeredAt = agenda.now;
    lines.remove(waiting);
    tell({ name: 'agent.answered', ...ofCall(journey), agentId: seat.agent.id, queueId });
    const { pace } = seat.agent;
    const talkMs = talkMsOf(queue, pace, random);
    const afterCallMs = afterCallMsOf(queue, pace, random);
    const passOnTo = random.chance(rates.transfers) ? otherQueue(queue) : null;
    const waitedMs = answeredAt - enteredAt;
    talk(journey, seat, { queueId, offeredAt, waitedMs, talkMs, afterCallMs, passOnTo });
  }

  function otherQueue({ id, group }: QueuePlan): string | null {
    const others = centre.queues.filter((one) => one.group === group && one.id !== id);
    return others.length === 0 ? null : random.pick(others).id;
  }

  function talk(
    journey: Journey,
    seat: Seat,
    of: Pick<CallPart, 'queueId' | 'offeredAt' | 'waitedMs'> & {
      talkMs: number;
      afterCallMs: number;
      passOnTo: string | null;
    },
  ): void {
    const answeredAt = agenda.now;
    const agentId = seat.agent.id;
    floor.put(seat, 'onCall', answeredAt);
    const heldMs = heldMsOf(random);
    if (heldMs > 0) {
      const heldAt = answeredAt + Math.round(of.talkMs * (0.2 + 0.6 * random.fraction()));
      agenda.note(heldAt, () => tell({ name: 'agent.held', ...ofCall(journey), agentId }));
      agenda.note(heldAt + heldMs, () => {
        tell({ name: 'agent.resumed', ...ofCall(journey), agentId });
      });
    }
    agenda.note(answeredAt + of.talkMs + heldMs, () => {
      const { queueId, offeredAt, waitedMs, passOnTo, afterCallMs } = of;
      const endedBy = passOnTo === null ? random.weighted(enders) : 'agent';
      const part: CallPart = {
        ...{ agentId, queueId, offeredAt, waitedMs, answeredAt, heldMs, endedBy },
        ...{ endedAt: agenda.now, result: 'answered', transferredTo: passOnTo, doneAt: null },
      };
      journey.parts.push(part);
      if (passOnTo !== null) {
        tell({ name: 'agent.transferred', ...ofCall(journey), agentId, to: passOnTo });
      }
      hangUp(journey, seat, part, afterCallMs);
      if (passOnTo !== null) enter(journey, passOnTo);
    });
  }

  function hangUp(journey: Journey, seat: Seat, part: CallPart, afterCallMs: number): void {
    const agentId = seat.agent.id;
    tell({ name: 'agent.left', ...ofCall(journey), agentId, by: part.endedBy });
    floor.put(seat, 'wrapUp', agenda.now);
    agenda.note(agenda.now + afterCallMs, () => {
      part.doneAt = agenda.now;
      tell({ name: 'agent.wrappedUp', ...ofCall(journey, 'desk'), agentId });
      next(seat);
    });
  }

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
      offer(waiting, seat);
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
      if (toDial.length === 0) return;
      if (!floor.hasTwoReady(queueId)) continue;
      const seat = floor.readyFor(queueId);
      const call = seat && toDial.shift();
      if (seat && call) dial(seat, call);
    }
  }

  function dial(seat: Seat, { number, occasion }: (typeof toDial)[number]): void {
    const { now } = agenda;
    const agentId = seat.agent.id;
    const journey = begin('out', occasion, number, null);
    tell({ name: 'agent.dialled', ...ofCall(journey), agentId, called: number });
    floor.put(seat, 'onCall', now);
    const ringMs = random.int(5_000, 19_000);
    if (random.chance(rates.reached)) {
      agenda.note(now + ringMs, () => {
        tell({ name: 'agent.answered', ...ofCall(journey), agentId, queueId: null });
        talk(journey, seat, {
          ...{ queueId: null, offeredAt: now, waitedMs: ringMs, passOnTo: null },
          talkMs: Math.max(10_000, aroundMs(random, 95_000 * seat.agent.pace, talkSpread)),
          afterCallMs: Math.max(2_000, aroundMs(random, 22_000, afterCallSpread)),
        });
      });
      return;
    }
    agenda.note(now + ringMs + 15_000, () => {
      const part: CallPart = {
        ...unanswered(seat, null, now, agenda.now, agenda.now - now),
        ...{ result: 'failed', endedBy: 'agent' },
      };
      journey.parts.push(part);
      hangUp(journey, seat, part, random.int(2_000, 9_000));
    });
  }
}
