import { afterCallSpread, talkSpread } from './centre.ts';
import type { CallToMake, DayInPlay, Talk } from './dayInPlay.ts';
import { aroundMs } from './draws.ts';
import type { Seat } from './floor.ts';
import { enders, heldMsOf, rates, unanswered } from './habits.ts';
import type { CallPart, Journey } from './journey.ts';

/** Agents in calls: they talk, hold, pass on, dial, hang up and write up. */
export function talking(
  day: DayInPlay,
): Pick<DayInPlay, 'talk'> & { dial(seat: Seat, call: CallToMake): void } {
  const { random, agenda, floor, book } = day;

  function talk(journey: Journey, seat: Seat, of: Talk): void {
    const answeredAt = agenda.now;
    const agentId = seat.agent.id;
    floor.put(seat, 'onCall', answeredAt);
    const heldMs = heldMsOf(random);
    if (heldMs > 0) {
      const heldAt = answeredAt + Math.round(of.talkMs * (0.2 + 0.6 * random.fraction()));
      agenda.note(heldAt, () =>
        book.tell({ name: 'agent.held', ...book.ofCall(journey), agentId }),
      );
      agenda.note(heldAt + heldMs, () => {
        book.tell({ name: 'agent.resumed', ...book.ofCall(journey), agentId });
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
        book.tell({ name: 'agent.transferred', ...book.ofCall(journey), agentId, to: passOnTo });
      }
      hangUp(journey, seat, part, afterCallMs);
      if (passOnTo !== null) day.enter(journey, passOnTo);
    });
  }

  function hangUp(journey: Journey, seat: Seat, part: CallPart, afterCallMs: number): void {
    const agentId = seat.agent.id;
    book.tell({ name: 'agent.left', ...book.ofCall(journey), agentId, by: part.endedBy });
    floor.put(seat, 'wrapUp', agenda.now);
    agenda.note(agenda.now + afterCallMs, () => {
      part.doneAt = agenda.now;
      book.tell({ name: 'agent.wrappedUp', ...book.ofCall(journey, 'desk'), agentId });
      day.next(seat);
    });
  }

  function dial(seat: Seat, { number, occasion }: CallToMake): void {
    const { now } = agenda;
    const agentId = seat.agent.id;
    const journey = book.begin('out', occasion, number, null);
    book.tell({ name: 'agent.dialled', ...book.ofCall(journey), agentId, called: number });
    floor.put(seat, 'onCall', now);
    const ringMs = random.int(5_000, 19_000);
    if (random.chance(rates.reached)) {
      agenda.note(now + ringMs, () => {
        book.tell({ name: 'agent.answered', ...book.ofCall(journey), agentId, queueId: null });
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

  return { talk, dial };
}
