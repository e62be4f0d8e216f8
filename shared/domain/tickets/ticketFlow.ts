import { fail, ok, type Result } from '../../result.ts';
import { mayDo, type Role } from '../permissions.ts';
import {
  type Ticket,
  type TicketAction,
  type TicketEvent,
  type TicketState,
  type TicketStep,
  ticketActions,
  type VisitResult,
} from './ticket.ts';

/** Who takes a step. */
export interface StepActor {
  id: string;
  name: string;
  /** Holds `tickets.write`. */
  writes: boolean;
  /** Holds `tickets.manage`: a lead. */
  leads: boolean;
}

export function stepActorOf(user: { id: string; name: string; role: Role }): StepActor {
  const { id, name, role } = user;
  return { id, name, writes: mayDo(role, 'tickets.write'), leads: mayDo(role, 'tickets.manage') };
}

/**
 * By whom a step is taken:
 * - `anyone` who may write tickets;
 * - `inCharge`: the owner, the first-contact owner or a lead; where nobody owns the ticket, anyone;
 * - `visitor`: who is in charge, or whoever made the return visit;
 * - `lead`.
 */
type Who = 'anyone' | 'inCharge' | 'visitor' | 'lead';

/** What has to be given with a step; the names are those of `StepCommand`. */
export type StepNeed = 'note' | 'ownerId' | 'resolution';

interface StepRule {
  from: readonly TicketState[];
  /** A complaint may ask for more: see `whoMay`. */
  who: Who;
  needs: readonly StepNeed[];
}

const early = ['registered', 'acknowledged'] as const;
const atWork = ['assigned', 'inProgress', 'waiting'] as const;
const unsolved = [...early, ...atWork] as const;
const solved = ['resolved', 'returnVisit'] as const;

/**
 * The state machine of tickets (product map S2): what may be done in which state by whom, and what it takes. What a
 * step does to the ticket stands in `effects`.
 */
const rules: Record<TicketAction, readonly StepRule[]> = {
  acknowledge: [{ from: ['registered'], who: 'anyone', needs: [] }],
  assign: [
    { from: early, who: 'anyone', needs: ['ownerId'] },
    { from: atWork, who: 'inCharge', needs: ['ownerId'] },
  ],
  return: [{ from: atWork, who: 'inCharge', needs: ['note'] }],
  start: [{ from: [...early, 'assigned'], who: 'inCharge', needs: [] }],
  wait: [{ from: ['inProgress'], who: 'inCharge', needs: [] }],
  // Whoever hears from the customer.
  resume: [{ from: ['waiting'], who: 'anyone', needs: [] }],
  resolve: [{ from: unsolved, who: 'inCharge', needs: ['resolution'] }],
  visit: [{ from: ['resolved'], who: 'anyone', needs: [] }],
  close: [
    { from: solved, who: 'visitor', needs: [] },
    { from: unsolved, who: 'lead', needs: ['note'] },
  ],
  reopen: [{ from: [...solved, 'closed'], who: 'anyone', needs: ['note'] }],
  escalate: [{ from: [...unsolved, 'returnVisit'], who: 'anyone', needs: ['note'] }],
};

const eventNames: Record<TicketAction, TicketEvent['name']> = {
  acknowledge: 'ticket.acknowledged',
  assign: 'ticket.assigned',
  return: 'ticket.returned',
  start: 'ticket.started',
  wait: 'ticket.waiting',
  resume: 'ticket.resumed',
  resolve: 'ticket.resolved',
  visit: 'ticket.visited',
  close: 'ticket.closed',
  reopen: 'ticket.reopened',
  escalate: 'ticket.escalated',
};
const stepNames: ReadonlySet<string> = new Set(Object.values(eventNames));

/** Is an event of this name the trace of a step? Such events exist only where their step was taken. */
export function isStepEvent(name: unknown): boolean {
  return typeof name === 'string' && stepNames.has(name);
}

/** Fields that only steps change. */
export const stepFields = [
  'state',
  'ownerId',
  'acknowledgedAt',
  'resolvedAt',
  'closedAt',
  'pauses',
  'reopened',
  'reopenedAt',
  'escalation',
  'lastStep',
] as const satisfies readonly (keyof Ticket)[];
/** `respondedAt` and `resolution` come with steps, and without them. */
export type StepFields = Partial<
  Pick<Ticket, (typeof stepFields)[number] | 'respondedAt' | 'resolution'>
>;

/** States in which a ticket may begin, without a step; the last two have an owner. */
export const startStates = ['registered', 'acknowledged', 'assigned', 'inProgress'] as const;

export interface StepCommand {
  action: TicketAction;
  /** The reason, or whatever there is to say; the customer does not see it. */
  note?: string | null | undefined;
  /** Whose the ticket becomes, for `assign`. */
  ownerId?: string | null | undefined;
  /** What was done for the customer, for `resolve`. */
  resolution?: string | null | undefined;
  /** What the return visit came to, where one led to this step. */
  visit?: VisitResult | null | undefined;
}

export interface StepContext {
  ticketId: string;
  /** Id of the step and of its event. */
  id: string;
  /** ms UTC. */
  at: number;
  actor: StepActor;
  /** The centre's rule for complaints (settings part `complaints`). */
  complaintsNeedVisit: boolean;
}

export interface TakenStep {
  /** What changes of the ticket, always with `lastStep`. */
  fields: StepFields & { lastStep: TicketStep };
  event: { id: string; fields: TicketEvent };
}

/**
 * One step of a ticket, the same at the desk and at the server. Fails with
 * - `state-not-allowed`: not in this state (`details.state`), or the ticket is part of another one;
 * - `forbidden`: not by this actor;
 * - `missing-field`: `details.field` is one of `StepNeed`.
 */
export function takeStep(
  ticket: Ticket,
  command: StepCommand,
  context: StepContext,
): Result<TakenStep> {
  const { action } = command;
  const { actor } = context;
  const rule = ruleOf(ticket, action);
  if (!rule) {
    const details = { action, state: ticket.state };
    return fail(
      'state-not-allowed',
      `${action} is not allowed in the state ${ticket.state}`,
      details,
    );
  }
  if (!isAmong(whoMay(rule, ticket, command, context.complaintsNeedVisit), ticket, actor)) {
    return fail('forbidden', `${action} of this ticket is for others`, { action });
  }
  const missing = rule.needs.find((need) => isBlank(command[need]));
  if (missing) return fail('missing-field', `${action} needs ${missing}`, { field: missing });

  const { id, at, ticketId } = context;
  const note = isBlank(command.note) ? null : (command.note ?? null);
  const by = { at, byId: actor.id, byName: actor.name };
  const visit = command.visit ?? null;
  const lastStep: TicketStep = { id, action, from: ticket.state, ...by, note, visit };
  const fields = { ...effects[action](ticket, command, context), lastStep };
  return ok({ fields, event: { id, fields: eventOf(ticket, fields, { ticketId, command }) } });
}

/** What this actor may do with the ticket now, in the order of `ticketActions`, with what each takes. */
export function stepsOpen(
  ticket: Ticket,
  actor: StepActor,
  complaintsNeedVisit: boolean,
): { action: TicketAction; needs: readonly StepNeed[] }[] {
  return ticketActions.flatMap((action) => {
    const rule = ruleOf(ticket, action);
    const who = rule && whoMay(rule, ticket, { action }, complaintsNeedVisit);
    return rule && who && isAmong(who, ticket, actor) ? [{ action, needs: rule.needs }] : [];
  });
}

/** Does the actor answer for the ticket: its owner, its first-contact owner, a lead; anyone where nobody owns it? */
export function isInCharge(ticket: Ticket, actor: StepActor): boolean {
  return isAmong('inCharge', ticket, actor);
}

function ruleOf(ticket: Ticket, action: TicketAction): StepRule | null {
  // What is part of another ticket takes no steps of its own.
  if (ticket.mergedInto !== null) return null;
  return rules[action].find(({ from }) => from.includes(ticket.state)) ?? null;
}

/** Where the centre wants it so, a complaint whose customer has not said to be satisfied is closed by a lead only. */
function whoMay(
  rule: StepRule,
  { type }: Ticket,
  { action, visit }: StepCommand,
  complaintsNeedVisit: boolean,
): Who {
  const isUnproven = action === 'close' && type === 'complaint' && visit !== 'satisfied';
  return isUnproven && complaintsNeedVisit ? 'lead' : rule.who;
}

function isAmong(who: Who, ticket: Ticket, actor: StepActor): boolean {
  if (!actor.writes) return false;
  if (who === 'anyone' || actor.leads) return true;
  if (who === 'lead') return false;
  const { ownerId, firstContactId, lastStep } = ticket;
  if (ownerId === null || ownerId === actor.id || firstContactId === actor.id) return true;
  return who === 'visitor' && lastStep?.action === 'visit' && lastStep.byId === actor.id;
}

type Effect = (ticket: Ticket, command: StepCommand, context: StepContext) => StepFields;

const effects: Record<TicketAction, Effect> = {
  acknowledge: (ticket, _command, { at }) => ({ state: 'acknowledged', ...seen(ticket, at) }),
  assign: (ticket, { ownerId }, { at }) => ({
    state: 'assigned',
    ownerId: ownerId ?? null,
    ...seen(ticket, at),
    ...running(ticket, at),
  }),
  return: (ticket, _command, { at }) => ({
    state: 'acknowledged',
    ownerId: null,
    ...running(ticket, at),
  }),
  start: (ticket, _command, { at, actor }) => ({
    state: 'inProgress',
    ownerId: ticket.ownerId ?? actor.id,
    ...seen(ticket, at),
  }),
  wait: (ticket, _command, { at }) => ({
    state: 'waiting',
    pauses: [...ticket.pauses, { from: at, to: null }],
  }),
  resume: (ticket, _command, { at }) => ({ state: 'inProgress', ...running(ticket, at) }),
  resolve: (ticket, { resolution }, { at, actor }) => ({
    state: 'resolved',
    ownerId: ticket.ownerId ?? actor.id,
    resolution: resolution ?? '',
    resolvedAt: at,
    respondedAt: ticket.respondedAt ?? at,
    ...seen(ticket, at),
    ...running(ticket, at),
  }),
  visit: () => ({ state: 'returnVisit' }),
  close: (ticket, _command, { at }) => ({
    state: 'closed',
    closedAt: at,
    ...running(ticket, at),
  }),
  reopen: (ticket, _command, { at }) => ({
    state: ticket.ownerId === null ? 'acknowledged' : 'assigned',
    closedAt: null,
    resolvedAt: null,
    reopened: ticket.reopened + 1,
    reopenedAt: at,
  }),
  escalate: (ticket) => ({ escalation: ticket.escalation + 1 }),
};

/** Somebody has looked at it. */
function seen({ acknowledgedAt }: Ticket, at: number): StepFields {
  return acknowledgedAt === null ? { acknowledgedAt: at } : {};
}

/** It waits for the customer no longer: its clocks run again. */
function running({ pauses }: Ticket, at: number): StepFields {
  const last = pauses.at(-1);
  if (!last || last.to !== null) return {};
  return { pauses: [...pauses.slice(0, -1), { from: last.from, to: Math.max(at, last.from) }] };
}

function eventOf(
  ticket: Ticket,
  { lastStep, ...fields }: TakenStep['fields'],
  { ticketId, command }: { ticketId: string; command: StepCommand },
): TicketEvent {
  const { action, from, at, byId, byName, note, visit } = lastStep;
  const after = { ...ticket, ...fields };
  const moved =
    after.ownerId === ticket.ownerId
      ? {}
      : { ownerId: after.ownerId, ...(ticket.ownerId && { formerOwnerId: ticket.ownerId }) };
  const level = action === 'escalate' ? { escalation: after.escalation } : {};
  return {
    ticketId,
    name: eventNames[action],
    at,
    byId,
    byName,
    note: note ?? (action === 'resolve' ? (command.resolution ?? null) : null),
    data: { from, to: after.state, ...moved, ...level, ...(visit && { visit }) },
  };
}

function isBlank(text: string | null | undefined): boolean {
  return (text ?? '').trim() === '';
}
