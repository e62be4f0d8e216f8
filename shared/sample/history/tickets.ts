import { withDueAt } from '../../domain/serviceLevels/serviceLevels.ts';
import { usualServiceLevels } from '../../domain/settings/serviceLevels.ts';
import {
  isOpen,
  type Ticket,
  type TicketAction,
  type TicketEvent,
  type TicketState,
  type TicketStep,
  type TicketType,
  type VisitResult,
} from '../../domain/tickets/ticket.ts';
import { type TakenStep, takeStep } from '../../domain/tickets/ticketFlow.ts';
import { usualFieldsOf } from '../../sync/usual.ts';
import type { PracticeUser } from '../practiceUsers.ts';
import { weights } from '../random.ts';
import { addAnswers, addComplaint } from './complaints.ts';
import { dayMs, hourMs, minuteMs } from './days.ts';
import { addContact, type Making, pickAgent, type Texts } from './making.ts';
import { addReturnVisit } from './tasks.ts';
import type { Topic } from './topic.ts';
import { of, ticketNotes } from './words.ts';

const openStates = weights<TicketState>([
  [12, 'registered'],
  [14, 'acknowledged'],
  [20, 'assigned'],
  [32, 'inProgress'],
  [14, 'waiting'],
  [8, 'returnVisit'],
]);

interface Step {
  action: TicketAction;
  by: 'first' | 'owner';
  visit?: VisitResult;
}

const first = (action: TicketAction, visit?: VisitResult): Step => ({
  action,
  by: 'first',
  ...(visit && { visit }),
});
const owner = (action: TicketAction): Step => ({ action, by: 'owner' });

const begun = [first('assign'), owner('start')];
const returned = [first('acknowledge'), first('assign'), owner('return')];
const waited = [...begun, owner('wait'), first('resume')];
const solved = [...begun, owner('resolve')];
const satisfied = [first('visit'), first('close', 'satisfied')];
const reopened = [...solved, first('visit'), first('reopen', 'unsatisfied')];

/** Ways to each state, as they are in life: most are straight, some are returned, wait or come back. */
const waysTo: Record<TicketState, readonly (readonly [number, readonly Step[]])[]> = {
  registered: [[1, []]],
  acknowledged: [
    [8, [first('acknowledge')]],
    [2, returned],
  ],
  assigned: [
    [6, [first('acknowledge'), first('assign')]],
    [2, [...returned, first('assign')]],
    [2, reopened],
  ],
  inProgress: [
    [6, begun],
    [2, [...begun, first('escalate')]],
    [2, waited],
    [1, [...reopened, owner('start')]],
  ],
  waiting: [[1, [...begun, owner('wait')]]],
  resolved: [
    [7, solved],
    [3, [...waited, owner('resolve')]],
  ],
  returnVisit: [[1, [...solved, first('visit')]]],
  closed: [
    [5, [...solved, owner('close')]],
    [4, [...solved, ...satisfied]],
    [2, [...waited, owner('resolve'), ...satisfied]],
    [1, [...reopened, owner('start'), owner('resolve'), ...satisfied]],
  ],
};
const ways = new Map(
  Object.entries(waysTo).map(([state, choices]) => [
    state,
    weights<readonly Step[]>(choices.map(([weight, steps]) => [weight, steps])),
  ]),
);

/** A complaint is closed when its customer said to be satisfied. */
const complaintWay: readonly Step[] = [...solved, ...satisfied];

function wayTo({ random }: Making, state: TicketState, type: TicketType): readonly Step[] {
  const choices = ways.get(state);
  if (!choices) throw new Error(`no way to ${state}`);
  const way = random.weighted(choices);
  return state === 'closed' && type === 'complaint' && way.length < complaintWay.length
    ? complaintWay
    : way;
}

/** A ticket with its history and its time-line entry. */
export function addTicket(
  making: Making,
  topic: Topic,
  texts: Texts,
  made: {
    id: string;
    at: number;
    callId: string | null;
    open: boolean;
    /** Who took it up; somebody where it is not said. */
    answering?: PracticeUser;
  },
): void {
  const { plan, asOfMs, random, ticketNumbers } = making;
  const { id, at, callId, open } = made;
  const about = topic.ticket;
  if (!about) throw new Error('this matter makes no ticket');
  const state = open ? random.weighted(openStates) : settledState(making, at);
  const answering = made.answering ?? pickAgent(random);
  const working = pickAgent(random);
  const until = isOpen(state)
    ? asOfMs - minuteMs
    : Math.min(asOfMs - minuteMs, at + random.int(3, 110) * hourMs);
  const way = wayTo(making, state, about.type);
  const stepMs = Math.max(0, until - at) / (way.length + 1);
  let ticket: Ticket = {
    ...usual,
    no: ticketNumbers.give(at),
    ...about,
    state: 'registered',
    subject: texts.title,
    description: texts.note,
    customerId: plan.id,
    callId,
    queueId: topic.queueId,
    numberRaw: plan.numbers[0]?.number.normal ?? null,
    ownerId: null,
    firstContactId: answering.id,
    firstContactName: answering.name,
    createdAt: at,
    dueAt: null,
    closedAt: null,
  };
  const created: TicketEvent = {
    ...{ ticketId: id, name: 'ticket.created', at, note: null, data: null },
    ...{ byId: answering.id, byName: answering.name },
  };
  const events = [{ id: random.uuid(at), fields: created }];
  const steps: TicketStep[] = [];
  for (const [place, step] of way.entries()) {
    const by = step.by === 'first' ? answering : working;
    const stepAt = at + Math.floor(stepMs * (place + 1));
    const taken = taking(making, id, ticket, { step, by, at: stepAt, ownerId: working.id });
    ticket = { ...ticket, ...taken.fields };
    events.push(taken.event);
    steps.push(taken.fields.lastStep);
    if (step.action === 'visit' && state === 'returnVisit') addReturnVisit(making, id, stepAt);
  }
  making.into.push({ entity: 'ticket', id, fields: withDueAt(ticket, usualServiceLevels, null) });
  for (const event of events) making.into.push({ entity: 'ticketEvent', ...event });
  if (about.type === 'complaint') addComplaint(making, id, ticket, steps);
  for (const step of steps) addAnswers(making, id, ticket, step);
  addContact(making, {
    kind: 'ticket',
    at,
    title: texts.title,
    detail: texts.note,
    agentId: answering.id,
    agentName: answering.name,
    queueId: topic.queueId,
    refId: id,
    // The entry is never written again: only an end that lasts may stand on it.
    outcome: state === 'closed' ? 'closed' : null,
  });
}

const usual = usualFieldsOf('ticket');

function taking(
  making: Making,
  ticketId: string,
  ticket: Ticket,
  { step, by, at, ownerId }: { step: Step; by: PracticeUser; at: number; ownerId: string },
): TakenStep {
  const { plan, random } = making;
  const notes = of(ticketNotes, plan.language);
  const taken = takeStep(
    ticket,
    {
      action: step.action,
      visit: step.visit,
      note: noteOf(making, step),
      ownerId,
      resolution: random.pick(notes.solved),
    },
    {
      ticketId,
      id: random.uuid(at),
      at,
      actor: { id: by.id, name: by.name, writes: true, leads: true },
      complaintsNeedVisit: true,
    },
  );
  if (!taken.ok) throw new Error(taken.error.message);
  return taken.value;
}

function settledState(making: Making, at: number): TicketState {
  const young = making.asOfMs - at < 21 * dayMs;
  return young && making.random.chance(0.6) ? 'resolved' : 'closed';
}

function noteOf({ plan, random }: Making, { action, visit }: Step): string | null {
  const notes = of(ticketNotes, plan.language);
  if (action === 'acknowledge') return notes.received;
  if (action === 'start') return random.pick(notes.working);
  if (action === 'wait') return random.pick(notes.waiting);
  if (action === 'return') return random.pick(notes.returned);
  if (action === 'reopen') return random.pick(notes.reopened);
  if (action === 'escalate') return random.pick(notes.escalated);
  if (action === 'visit') return notes.visited;
  return visit === 'satisfied' ? notes.confirmed : null;
}
