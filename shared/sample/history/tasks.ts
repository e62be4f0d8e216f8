import type { Task } from '../../domain/task.ts';
import type { PracticeUser } from '../practiceUsers.ts';
import { weights } from '../random.ts';
import { dayMs, hourMs, inOfficeHours } from './days.ts';
import { type Making, pickAgent } from './making.ts';
import { of, taskTitles } from './words.ts';

type OwnKind = 'callBack' | 'promise' | 'care' | 'reminder';

const ownKinds = weights<OwnKind>([
  [45, 'callBack'],
  [30, 'promise'],
  [10, 'care'],
  [15, 'reminder'],
]);

/** Finished tasks older than this are not part of the sample. */
const keptMs = 60 * dayMs;

function addTask(
  making: Making,
  kind: Task['kind'],
  owner: PracticeUser,
  rest: Pick<Task, 'dueAt' | 'createdAt' | 'state'> & Partial<Pick<Task, 'callId' | 'ticketId'>>,
): void {
  const { plan, random } = making;
  making.into.push({
    entity: 'task',
    id: random.uuid(rest.createdAt),
    fields: {
      kind,
      title: random.pick(of(taskTitles, plan.language)[kind]),
      customerId: plan.id,
      customerName: plan.name.name,
      numberRaw: plan.numbers[0]?.number.normal ?? null,
      callId: null,
      ticketId: null,
      ownerId: owner.id,
      ownerName: owner.name,
      ...rest,
    },
  });
}

/** The task behind a wrap-up's follow-up date. */
export function addFollowUp(
  making: Making,
  from: {
    agent: PracticeUser;
    callId: string;
    ticketId: string | null;
    followUpAt: number;
    savedAt: number;
  },
): void {
  const { asOfMs, random } = making;
  const { agent, callId, ticketId, followUpAt: dueAt, savedAt: createdAt } = from;
  if (dueAt < asOfMs - keptMs) return;
  const open = dueAt > asOfMs - 6 * hourMs;
  const state = open ? 'open' : random.chance(0.93) ? 'done' : 'cancelled';
  addTask(making, 'callBack', agent, { callId, ticketId, dueAt, createdAt, state });
}

/** The return visit that a resolved ticket waits for. */
export function addReturnVisit(making: Making, ticketId: string, createdAt: number): void {
  const { asOfMs, random } = making;
  const dueAt = inOfficeHours(asOfMs + random.int(-1, 2) * dayMs, random);
  const rest = { ticketId, dueAt: Math.max(dueAt, createdAt), createdAt, state: 'open' as const };
  addTask(making, 'returnVisit', pickAgent(random), rest);
}

/** For a few customers: a promise or a call-back due around "now", some of it late. */
export function addOpenTask(making: Making): void {
  const { plan, asOfMs, random } = making;
  const roughly = asOfMs + (random.fraction() * 6 - 1.5) * dayMs;
  const dueAt = Math.max(inOfficeHours(roughly, random), plan.createdAt + hourMs);
  const createdAt = Math.max(plan.createdAt, Math.min(dueAt, asOfMs) - random.int(2, 96) * hourMs);
  addTask(making, random.weighted(ownKinds), pickAgent(random), {
    dueAt,
    createdAt,
    state: 'open',
  });
}
