import { v7 as uuidv7 } from 'uuid';
import type { NewRecord } from '#server/store/records.ts';
import type { CallEvent } from '#shared/domain/metrics/callEvents.ts';
import { agentIds } from './randomCalls.ts';

const dayMs = 86_400_000;
const workedDay = Date.UTC(2026, 8, 1, 2);

/** The worked case of the definitions, on 2026-09-01 in queue `worked`. Waits in seconds. */
export function workedCalls(): CallEvent[] {
  const call = (n: number, wait: number, answered: boolean): CallEvent[] => {
    const callRef = `worked ${n}`;
    const common = { callRef, source: 'pbx' as const, queueId: 'worked' };
    const at = workedDay + n * 60_000;
    const ended = at + wait * 1000;
    const entered: CallEvent = { id: uuidv7(), name: 'queue.entered', at, ...common };
    if (!answered)
      return [
        entered,
        { id: uuidv7(), name: 'queue.left', how: 'abandoned', at: ended, ...common },
      ];
    const agentId = agentIds[0] ?? '';
    const ofAgent = { callRef, source: 'pbx' as const, agentId };
    return [
      entered,
      { id: uuidv7(), name: 'agent.answered', at: ended, ...common, agentId },
      { id: uuidv7(), name: 'agent.left', at: ended + 100_000, by: 'customer', ...ofAgent },
      { id: uuidv7(), name: 'agent.wrappedUp', at: ended + 120_000, ...ofAgent },
    ];
  };
  const waits = [2, 5, 9, 19, 21, 40].map((wait) => [wait, true] as const);
  const lost = [3, 8, 25, 60].map((wait) => [wait, false] as const);
  return [...waits, ...lost].flatMap(([wait, answered], n) => call(n, wait, answered));
}

function record(entity: string, fields: Record<string, unknown>, id = uuidv7()): NewRecord {
  return { entity, id, fields };
}

const [agentId = '', otherId = ''] = agentIds;
const customerId = uuidv7();
const dayOfOctober = (n: number) => Date.UTC(2026, 9, n, 8);

function agent(id: string, name: string, teamId: string): NewRecord {
  const own = { login: name, name, role: 'agent', teamId, extension: '1' };
  return record('user', { ...own, queueIds: [], active: true }, id);
}

function wrapUp(whose: string, dispositionId: string, result: string, savedAt: number): NewRecord {
  const of = { callId: uuidv7(), customerId: whose, agentId };
  return record('wrapUp', { ...of, dispositionId, result, savedAt });
}

function wrapUps(now: number): NewRecord[] {
  return [
    // Comes back after three days, then never again: one case, not resolved at once.
    wrapUp(customerId, 'noHeat', 'resolved', dayOfOctober(1)),
    wrapUp(customerId, 'noHeat', 'resolved', dayOfOctober(4)),
    // Another matter of the same customer, resolved at once; not reached is no contact.
    wrapUp(customerId, 'invoice', 'notReached', dayOfOctober(1)),
    wrapUp(customerId, 'invoice', 'resolved', dayOfOctober(2)),
    // Not resolved.
    wrapUp(uuidv7(), 'invoice', 'followUp', dayOfOctober(3)),
    // Of the newest seven days.
    wrapUp(uuidv7(), 'invoice', 'resolved', now - 2 * dayMs),
  ];
}

interface Course {
  closedAt?: number;
  reopened?: number;
  outcome?: 'satisfied' | 'unsatisfied';
  mergedInto?: string;
}

/** A complaint with its ticket, and what the customer said of it in the end. */
function complaint(categoryId: string, createdAt: number, course: Course = {}): NewRecord[] {
  const { closedAt = null, reopened = 0, outcome = null, mergedInto = null } = course;
  const id = uuidv7();
  const ticket = {
    ...{ no: null, type: 'complaint', categoryId, priority: 'major', state: 'closed' },
    ...{ subject: '=cmd', customerId, ownerId: agentId, firstContactId: agentId },
    ...{ queueId: 'support', createdAt, closedAt, resolvedAt: closedAt, reopened, mergedInto },
  };
  const beside = {
    ...{ ticketId: id, customerId, categoryId, severity: 'high', impact: 'low' },
    ...{ remedySought: '退款', rootCause: '', correctiveAction: '', stage: 'closed' },
    ...{ stagesAt: {}, repeatOf: null, createdAt },
  };
  const made = [record('ticket', ticket, id), record('complaint', beside, id)];
  if (outcome === null) return made;
  const sheet = {
    ...{ questionnaireId: uuidv7(), edition: 1, customerId, ticketId: id },
    ...{ taskId: null, callId: null, agentId, agentName: 'Anna', queueId: 'support' },
    ...{ categoryId, answers: { q: outcome === 'satisfied' ? 5 : 2 }, outcome },
    questions: [
      { id: 'q', kind: 'score', text: { en: '', 'zh-CN': '' }, choices: [], required: true },
    ],
    ...{ scoreHundredths: null, at: createdAt + dayMs, byId: agentId, byName: 'Anna' },
  };
  return [...made, record('answerSheet', sheet)];
}

/** Three matters of two customers, complaints of two categories, and what customers said. `now` in ms UTC. */
export function recordsToReport(now: number): NewRecord[] {
  const teams = [{ id: 'east', name: { en: 'East team', 'zh-CN': '东区组' } }];
  const [noise, leak] = [dayOfOctober(10), dayOfOctober(12)];
  return [
    agent(agentId, 'Anna', 'east'),
    agent(otherId, '陈浩', 'west'),
    record('setting', { key: 'teams', value: { teams } }),
    record('customer', { name: '周建国', no: null, mergedInto: null }, customerId),
    ...wrapUps(now),
    ...complaint('noise', noise, { closedAt: noise + dayMs, outcome: 'satisfied' }),
    ...complaint('noise', noise, { closedAt: leak, reopened: 1, outcome: 'satisfied' }),
    ...complaint('noise', leak, { closedAt: leak + dayMs, outcome: 'unsatisfied' }),
    ...complaint('leak', leak),
    ...complaint('leak', leak, { mergedInto: uuidv7() }),
  ];
}
