import type { WrapUpResult } from '../../domain/calls/call.ts';
import { callIdOf } from '../../domain/ids.ts';
import type { CallEvent } from '../../domain/metrics/callEvents.ts';
import { completed } from '../generate.ts';
import { minuteMs } from '../history/days.ts';
import { addContact, type Making, type Texts, textsOf } from '../history/making.ts';
import { addFollowUp } from '../history/tasks.ts';
import { addTicket } from '../history/tickets.ts';
import { planCustomer } from '../people/customerPlan.ts';
import { deliveredNumber } from '../people/delivered.ts';
import { type PracticeUser, practiceAgents } from '../practiceUsers.ts';
import { Random, weights } from '../random.ts';
import type { SampleRecord } from '../record.ts';
import { type SampleSize, streams } from '../size.ts';
import { planDay } from './callDays.ts';
import { practiceCentre } from './centres.ts';
import { expectedOn, luckOf } from './demand.ts';
import type { CallPart, Journey } from './journey.ts';
import { type Matter, matterOf, numberOf, outgoingMatterOf } from './matters.ts';
import { simulateDay } from './simulateDay.ts';

export interface PracticeDay {
  events: CallEvent[];
  /**
   * Calls with their time-line entries, wrap-ups, tickets, complaints and answers; each behind what it refers to. The
   * server numbers the tickets.
   */
  records: SampleRecord[];
}

export interface PracticeDayOptions extends SampleSize {
  /** Home day, days since 1970-01-01. */
  day: number;
  /** "Now", ms UTC, later than the day: nothing happened after it. */
  asOfMs: number;
  /** SIP domain of the PBX. */
  pbx: string;
}

/** A day of the practice call centre, whose callers are customers of the sample of this size. */
export function practiceDay(options: PracticeDayOptions): PracticeDay {
  const { seed, day, customers } = options;
  const size = { seed, customers };
  const calls = Math.round(practiceCentre.usualCalls * expectedOn(day) * luckOf(seed, day));
  const plan = planDay(
    practiceCentre,
    { seed, day, calls },
    (index) => {
      const matter = matterOf(size, day, index);
      return { queueId: matter.topic.queueId, number: numberOf(size, matter) };
    },
    (_, index) => numberOf(size, outgoingMatterOf(size, day, index)),
  );
  const { events, journeys } = simulateDay(plan);
  const into: SampleRecord[] = [];
  for (const [index, journey] of journeys.entries()) {
    const { kind, index: place } = journey.occasion;
    const matter = kind === 'in' ? matterOf(size, day, place) : outgoingMatterOf(size, day, place);
    addJourney(options, journey, matter, into, new Random(seed + day, streams.callRecords, index));
  }
  return { events, records: into.map(completed) };
}

const results = weights<WrapUpResult>([
  [80, 'resolved'],
  [14, 'followUp'],
  [6, 'escalated'],
]);

function addJourney(
  options: PracticeDayOptions,
  journey: Journey,
  matter: Matter,
  into: SampleRecord[],
  random: Random,
): void {
  const { seed, customers, asOfMs } = options;
  const plan = planCustomer({ seed, customers }, matter.customer);
  const making: Making = { into, plan, asOfMs, random, ticketNumbers: { give: () => null } };
  const texts = textsOf(making, matter.topic);
  const parts = onePerAgent(journey.parts);
  const last = parts.at(-1);
  if (!last) return;
  const answered = parts.filter(({ result }) => result === 'answered');
  const final = answered.at(-1);
  const idOf = (part: CallPart) => callIdOf(options.pbx, journey.callRef, part.agentId);
  let passedOnBy: string | null = null;
  for (const part of parts) {
    addPart(making, options, journey, part, passedOnBy);
    if (part.transferredTo !== null) passedOnBy = agentOf(part.agentId).extension;
  }
  if (!final) {
    addEntry(making, journey, matter, last, idOf(last), texts, null);
    return;
  }
  for (const part of answered.slice(0, -1))
    addWrapUp(making, matter, part, idOf(part), {
      result: 'escalated',
      note: texts.note,
      ticketId: null,
    });
  const ticketId = ticketOf(making, journey, matter, texts, final, idOf(final));
  const result =
    ticketId === null ? random.weighted(results) : random.chance(0.5) ? 'escalated' : 'resolved';
  addWrapUp(making, matter, final, idOf(final), { result, note: texts.note, ticketId });
  addEntry(making, journey, matter, final, idOf(final), texts, result);
}

/** A desk keeps one record of a call, however often it rang there: of several parts the answered one, else the last. */
function onePerAgent(parts: readonly CallPart[]): CallPart[] {
  const kept = new Map<string, CallPart>();
  for (const part of parts) {
    const other = kept.get(part.agentId);
    if (other?.result !== 'answered') kept.set(part.agentId, part);
  }
  return [...kept.values()];
}

function addPart(
  { into, plan, random }: Making,
  { pbx }: PracticeDayOptions,
  journey: Journey,
  part: CallPart,
  transferredBy: string | null,
): void {
  const { callRef, direction, number } = journey;
  const { doneAt: _, ...kept } = part;
  const own = plan.numbers.find((one) => one.number.normal === number);
  const isIn = direction === 'in';
  into.push({
    entity: 'call',
    id: callIdOf(pbx, callRef, part.agentId),
    fields: {
      ...kept,
      ...{ callRef, direction, customerId: plan.id, kind: 'customer', callerName: null },
      numberRaw: own && isIn ? deliveredNumber(own.number, random) : (number ?? ''),
      numberKey: number,
      ...{ transferredBy, report: null, recordingGaps: [] },
    },
  });
}

/** A complaint and the like become a ticket, of whom calls again mostly the one of before is meant. */
function ticketOf(
  making: Making,
  journey: Journey,
  { topic }: Matter,
  texts: Texts,
  { answeredAt, endedAt, agentId }: CallPart,
  callId: string,
): string | null {
  if (!topic.ticket || journey.direction === 'out' || answeredAt === null) return null;
  const { random, asOfMs } = making;
  const at = Math.min(endedAt, answeredAt + random.int(40_000, 200_000));
  const id = random.uuid(at);
  const open = asOfMs - at < random.int(1, 4) * 24 * 60 * minuteMs;
  addTicket(making, topic, texts, { id, at, callId, open, answering: agentOf(agentId) });
  return id;
}

function addWrapUp(
  making: Making,
  { topic }: Matter,
  { agentId, endedAt, doneAt }: CallPart,
  callId: string,
  of: { result: WrapUpResult; note: string; ticketId: string | null },
): void {
  const { random, plan, into } = making;
  const agent = agentOf(agentId);
  const savedAt = doneAt ?? endedAt;
  const { result, note: notes, ticketId } = of;
  const days = random.int(1, 4) * 24 * 60 * minuteMs;
  const followUpAt = result === 'followUp' ? savedAt + days : null;
  into.push({
    entity: 'wrapUp',
    id: random.uuid(savedAt),
    fields: {
      ...{ callId, customerId: plan.id, agentId, agentName: agent.name, result, notes, followUpAt },
      dispositionId: topic.dispositionId,
      ticketIds: ticketId === null ? [] : [ticketId],
      ...{ afterCallMs: savedAt - endedAt, savedAt },
    },
  });
  if (followUpAt !== null) addFollowUp(making, { agent, callId, ticketId, followUpAt, savedAt });
}

function addEntry(
  making: Making,
  { direction, startedAt, queueId }: Journey,
  matter: Matter,
  part: CallPart,
  refId: string,
  { title, note }: Texts,
  result: WrapUpResult | null,
): void {
  const agent = agentOf(part.agentId);
  const lost = making.plan.language === 'en' ? 'Call not answered' : '未接通';
  const failed = direction === 'out' ? 'notReached' : part.result;
  addContact(making, {
    ...{ kind: 'call', at: startedAt, direction, refId },
    ...(result === null ? { title: lost, detail: '' } : { title, detail: note }),
    ...{ agentId: agent.id, agentName: agent.name, queueId: queueId ?? matter.topic.queueId },
    durationMs: part.answeredAt === null ? 0 : part.endedAt - part.answeredAt,
    outcome: result ?? failed,
  });
}

const agents = new Map(practiceAgents.map((agent) => [agent.id, agent]));

function agentOf(id: string): PracticeUser {
  const agent = agents.get(id);
  if (!agent) throw new RangeError(`no practice agent ${id}`);
  return agent;
}
