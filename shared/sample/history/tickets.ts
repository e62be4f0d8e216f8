import { withDueAt } from '../../domain/serviceLevels.ts';
import { usualServiceLevels } from '../../domain/settings/serviceLevels.ts';
import { isOpen, type Ticket, type TicketEvent, type TicketState } from '../../domain/ticket.ts';
import { usualFieldsOf } from '../../sync/usual.ts';
import type { PracticeUser } from '../practiceUsers.ts';
import { weights } from '../random.ts';
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

type Step =
  | 'created'
  | 'received'
  | 'assigned'
  | 'working'
  | 'waiting'
  | 'resolved'
  | 'visiting'
  | 'closed';

const stepsTo: Record<TicketState, readonly Step[]> = {
  registered: ['created'],
  acknowledged: ['created', 'received'],
  assigned: ['created', 'received', 'assigned'],
  inProgress: ['created', 'assigned', 'working'],
  waiting: ['created', 'assigned', 'working', 'waiting'],
  resolved: ['created', 'assigned', 'working', 'resolved'],
  returnVisit: ['created', 'assigned', 'working', 'resolved', 'visiting'],
  closed: ['created', 'assigned', 'working', 'resolved', 'closed'],
};

const eventNames: Record<Step, TicketEvent['name']> = {
  created: 'ticket.created',
  received: 'ticket.acknowledged',
  assigned: 'ticket.assigned',
  working: 'ticket.started',
  waiting: 'ticket.waiting',
  resolved: 'ticket.resolved',
  visiting: 'ticket.visited',
  closed: 'ticket.closed',
};

/** A ticket with its history and its time-line entry. */
export function addTicket(
  making: Making,
  topic: Topic,
  texts: Texts,
  made: { id: string; at: number; callId: string | null; open: boolean },
): void {
  const { plan, asOfMs, random, ticketNumbers } = making;
  const { id, at, callId, open } = made;
  const about = topic.ticket;
  if (!about) throw new Error('this matter makes no ticket');
  const state = open ? random.weighted(openStates) : settledState(making, at);
  const first = pickAgent(random);
  const owner = state === 'registered' || state === 'acknowledged' ? null : pickAgent(random);
  const until = isOpen(state)
    ? asOfMs - minuteMs
    : Math.min(asOfMs - minuteMs, at + random.int(3, 110) * hourMs);
  const steps = stepsTo[state];
  const stepMs = Math.max(0, until - at) / steps.length;
  const stepAt = (place: number) => at + Math.floor(stepMs * place);
  const ticket: Ticket = {
    ...usual,
    no: ticketNumbers.give(at),
    ...about,
    state,
    subject: texts.title,
    description: texts.note,
    customerId: plan.id,
    callId,
    queueId: topic.queueId,
    numberRaw: plan.numbers[0]?.number.normal ?? null,
    ownerId: owner?.id ?? null,
    firstContactId: first.id,
    firstContactName: first.name,
    createdAt: at,
    dueAt: null,
    closedAt: null,
    ...timesOf(steps, stepAt),
  };
  making.into.push({ entity: 'ticket', id, fields: withDueAt(ticket, usualServiceLevels, null) });
  steps.forEach((step, place) => {
    addEvent(making, id, step, stepAt(place), step === 'created' || !owner ? first : owner);
  });
  if (state === 'returnVisit') addReturnVisit(making, id, at + Math.floor(stepMs * 3));
  addContact(making, {
    kind: 'ticket',
    at,
    title: texts.title,
    detail: texts.note,
    agentId: first.id,
    agentName: first.name,
    queueId: topic.queueId,
    refId: id,
    // The entry is never written again: only an end that lasts may stand on it.
    outcome: state === 'closed' ? 'closed' : null,
  });
}

const usual = usualFieldsOf('ticket');

/** When the steps came that its clocks go by. */
function timesOf(steps: readonly Step[], stepAt: (place: number) => number): Partial<Ticket> {
  const at = (step: Step) => (steps.includes(step) ? stepAt(steps.indexOf(step)) : null);
  const waitingAt = at('waiting');
  return {
    acknowledgedAt: at('received') ?? at('assigned'),
    respondedAt: at('working'),
    resolvedAt: at('resolved'),
    closedAt: at('closed'),
    pauses: waitingAt === null ? [] : [{ from: waitingAt, to: null }],
  };
}

function settledState(making: Making, at: number): TicketState {
  const young = making.asOfMs - at < 12 * dayMs;
  return young && making.random.chance(0.6) ? 'resolved' : 'closed';
}

function addEvent(
  making: Making,
  ticketId: string,
  step: Step,
  at: number,
  by: PracticeUser,
): void {
  making.into.push({
    entity: 'ticketEvent',
    id: making.random.uuid(at),
    fields: {
      ticketId,
      name: eventNames[step],
      at,
      byId: by.id,
      byName: by.name,
      note: noteOf(making, step),
    },
  });
}

function noteOf(making: Making, step: Step): string | null {
  const { plan, random } = making;
  const notes = of(ticketNotes, plan.language);
  if (step === 'received') return notes.received;
  if (step === 'working') return random.pick(notes.working);
  if (step === 'waiting') return random.pick(notes.waiting);
  if (step === 'resolved') return random.pick(notes.solved);
  if (step === 'visiting') return notes.visited;
  return step === 'closed' ? notes.confirmed : null;
}
