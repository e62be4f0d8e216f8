import type { WrapUpResult } from '../../domain/calls/call.ts';
import { deliveredNumber } from '../people/delivered.ts';
import type { PracticeUser } from '../practiceUsers.ts';
import { type Random, weights } from '../random.ts';
import { dayMs, minuteMs } from './days.ts';
import { addContact, type Making, pickAgent, type Texts, textsOf } from './making.ts';
import { addFollowUp } from './tasks.ts';
import type { Topic } from './topic.ts';

const enders = weights<'agent' | 'customer' | 'system'>([
  [62, 'customer'],
  [36, 'agent'],
  [2, 'system'],
]);

const results = weights<WrapUpResult>([
  [82, 'resolved'],
  [13, 'followUp'],
  [5, 'escalated'],
]);

/** A call of the former system: its note stands on the time line, the call itself is gone. */
export function addOldCall(making: Making, topic: Topic, at: number): void {
  const { random } = making;
  const agent = pickAgent(random);
  const texts = textsOf(making, topic);
  addContact(making, {
    kind: 'call',
    at,
    title: texts.title,
    detail: texts.note,
    agentId: agent.id,
    agentName: agent.name,
    queueId: topic.queueId,
    direction: topic.outbound ? 'out' : 'in',
    durationMs: talkMs(random),
    outcome: random.weighted(results),
  });
}

/** Call, wrap-up and time-line entry; returns the call's id. A call with a ticket is always answered. */
export function addCall(
  making: Making,
  topic: Topic,
  texts: Texts,
  at: number,
  ticketId: string | null,
): string {
  const { random } = making;
  const agent = pickAgent(random);
  const callId = random.uuid(at);
  const lost = ticketId === null && random.chance(0.07);
  if (lost) addLostCall(making, topic, callId, agent, at);
  else addAnsweredCall(making, topic, texts, { callId, agent, at, ticketId });
  return callId;
}

function addLostCall(
  making: Making,
  topic: Topic,
  callId: string,
  agent: PracticeUser,
  at: number,
): void {
  const { random } = making;
  const out = topic.outbound === true;
  const result = out ? 'failed' : random.chance(0.6) ? 'abandoned' : 'missed';
  const waitedMs = random.int(8_000, 90_000);
  pushCall(making, topic, callId, agent, at, {
    answeredAt: null,
    endedAt: at + waitedMs,
    endedBy: out ? 'system' : 'customer',
    result,
    waitedMs,
    heldMs: 0,
  });
  addContact(making, {
    kind: 'call',
    at,
    title: making.plan.language === 'en' ? 'Call not answered' : '未接通',
    detail: '',
    agentId: agent.id,
    agentName: agent.name,
    queueId: topic.queueId,
    direction: out ? 'out' : 'in',
    durationMs: 0,
    refId: callId,
    outcome: result === 'failed' ? 'notReached' : result,
  });
}

interface Answered {
  callId: string;
  agent: PracticeUser;
  at: number;
  ticketId: string | null;
}

function addAnsweredCall(making: Making, topic: Topic, texts: Texts, call: Answered): void {
  const { random } = making;
  const { callId, agent, at, ticketId } = call;
  const waitedMs = random.int(2_000, random.chance(0.8) ? 20_000 : 180_000);
  const durationMs = talkMs(random);
  const endedAt = at + waitedMs + durationMs;
  pushCall(making, topic, callId, agent, at, {
    answeredAt: at + waitedMs,
    endedAt,
    endedBy: random.weighted(enders),
    result: 'answered',
    waitedMs,
    heldMs: random.chance(0.25) ? Math.min(durationMs, random.int(5_000, 120_000)) : 0,
  });
  const result = ticketId === null ? random.weighted(results) : ticketResult(random);
  const afterCallMs = random.int(4_000, 75_000);
  const savedAt = endedAt + afterCallMs;
  const followUpAt = result === 'followUp' ? savedAt + random.int(1, 5) * dayMs : null;
  making.into.push({
    entity: 'wrapUp',
    id: random.uuid(savedAt),
    fields: {
      callId,
      customerId: making.plan.id,
      agentId: agent.id,
      agentName: agent.name,
      dispositionId: topic.dispositionId,
      result,
      notes: texts.note,
      followUpAt,
      ticketIds: ticketId === null ? [] : [ticketId],
      afterCallMs,
      savedAt,
    },
  });
  addContact(making, {
    kind: 'call',
    at,
    title: texts.title,
    detail: texts.note,
    agentId: agent.id,
    agentName: agent.name,
    queueId: topic.queueId,
    direction: topic.outbound ? 'out' : 'in',
    durationMs,
    refId: callId,
    outcome: result,
  });
  if (followUpAt !== null) addFollowUp(making, { agent, callId, ticketId, followUpAt, savedAt });
}

function ticketResult(random: Random): WrapUpResult {
  if (random.chance(0.5)) return 'escalated';
  return random.chance(0.3) ? 'followUp' : 'resolved';
}

function talkMs(random: Random): number {
  const r = random.fraction();
  return Math.round((0.6 + 13 * r * r) * minuteMs);
}

function pushCall(
  making: Making,
  topic: Topic,
  callId: string,
  agent: PracticeUser,
  at: number,
  end: {
    answeredAt: number | null;
    endedAt: number;
    endedBy: 'agent' | 'customer' | 'system';
    result: 'answered' | 'missed' | 'abandoned' | 'failed';
    waitedMs: number;
    heldMs: number;
  },
): void {
  const { plan, random } = making;
  const number = random.pick(plan.numbers).number;
  const out = topic.outbound === true;
  making.into.push({
    entity: 'call',
    id: callId,
    fields: {
      callRef: `past-${at}-${plan.index}-${making.into.length}`,
      direction: out ? 'out' : 'in',
      queueId: topic.queueId,
      numberRaw: out ? number.normal : deliveredNumber(number, random),
      numberKey: number.normal,
      callerName: null,
      customerId: plan.id,
      agentId: agent.id,
      offeredAt: at,
      ...end,
      report: null,
      transferredTo: null,
      transferredBy: null,
      recordingGaps: [],
      kind: 'customer',
    },
  });
}
