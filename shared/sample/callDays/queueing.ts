import type { QueuePlan } from './centre.ts';
import type { CallToMake, DayInPlay } from './dayInPlay.ts';
import { aroundMs } from './draws.ts';
import type { Seat } from './floor.ts';
import { afterCallMsOf, patienceOf, rates, talkMsOf, times, unanswered } from './habits.ts';
import type { Journey } from './journey.ts';
import type { Waiting } from './lines.ts';

/** Callers in queues: they wait, ring, give up, ask to be called back, flow over, are answered. */
export function queueing(day: DayInPlay): Pick<DayInPlay, 'enter' | 'offer'> {
  const { centre, random, agenda, lines, floor, book, toDial } = day;
  const queues = new Map(centre.queues.map((queue) => [queue.id, queue]));

  function enter(journey: Journey, queueId: string): void {
    const queue = queues.get(queueId);
    if (!queue) throw new RangeError(`no queue ${queueId}`);
    journey.queueId = queueId;
    const caller = journey.number === null ? {} : { caller: journey.number };
    book.tell({ name: 'queue.entered', ...book.ofCall(journey), queueId, ...caller });
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
    book.tell({ name: 'agent.offered', ...book.ofCall(journey), agentId, queueId });
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
    book.tell({
      name: 'agent.notAnswered',
      ...book.ofCall(journey),
      agentId,
      queueId,
      how: 'noAnswer',
    });
    const waitedMs = now - enteredAt;
    journey.parts.push({ ...unanswered(seat, queueId, at, now, waitedMs), result: 'missed' });
    floor.put(seat, 'break', now, 'missed');
    agenda.note(now + aroundMs(random, times.missedBreakMs, 0.5), () => day.next(seat));
    const other = floor.readyFor(queueId);
    if (other) offer(waiting, other);
  }

  function giveUp(waiting: Waiting): void {
    if (!leave(waiting, 'abandoned')) return;
    const { journey } = waiting;
    if (journey.parts.some(({ result }) => result === 'answered')) return;
    journey.abandonedAt = agenda.now;
    if (journey.number !== null && random.chance(0.7)) toDial.unshift(callBackOf(journey));
  }

  function askForCallBack(waiting: Waiting): void {
    const { journey } = waiting;
    if (journey.number === null || waiting.offer || !leave(waiting, 'callBack')) return;
    toDial.unshift(callBackOf(journey));
  }

  function moveOn(waiting: Waiting, queueId: string): void {
    if (waiting.offer || !leave(waiting, 'overflowed')) return;
    enter(waiting.journey, queueId);
  }

  /** False: it had left before. */
  function leave(waiting: Waiting, how: 'abandoned' | 'callBack' | 'overflowed'): boolean {
    if (waiting.isOver) return false;
    const { journey, queueId, enteredAt } = waiting;
    const { now } = agenda;
    lines.remove(waiting);
    book.tell({ name: 'queue.left', ...book.ofCall(journey), queueId, how });
    if (!waiting.offer) return true;
    const { seat, at } = waiting.offer;
    const agentId = seat.agent.id;
    book.tell({
      name: 'agent.notAnswered',
      ...book.ofCall(journey),
      agentId,
      queueId,
      how: 'withdrawn',
    });
    const waitedMs = now - enteredAt;
    journey.parts.push({ ...unanswered(seat, queueId, at, now, waitedMs), result: 'abandoned' });
    day.next(seat);
    return true;
  }

  function answer(waiting: Waiting, { seat, at: offeredAt }: { seat: Seat; at: number }): void {
    const { journey, queueId, enteredAt } = waiting;
    const queue = queues.get(queueId);
    if (!queue) return;
    const answeredAt = agenda.now;
    lines.remove(waiting);
    book.tell({ name: 'agent.answered', ...book.ofCall(journey), agentId: seat.agent.id, queueId });
    const { pace } = seat.agent;
    const talkMs = talkMsOf(queue, pace, random);
    const afterCallMs = afterCallMsOf(queue, pace, random);
    const passOnTo = random.chance(rates.transfers) ? otherQueue(queue) : null;
    const waitedMs = answeredAt - enteredAt;
    day.talk(journey, seat, { queueId, offeredAt, waitedMs, talkMs, afterCallMs, passOnTo });
  }

  function otherQueue({ id, group }: QueuePlan): string | null {
    const others = centre.queues.filter((one) => one.group === group && one.id !== id);
    return others.length === 0 ? null : random.pick(others).id;
  }

  return { enter, offer };
}

function callBackOf({ number, occasion }: Journey): CallToMake {
  return { number: number ?? '', occasion };
}
