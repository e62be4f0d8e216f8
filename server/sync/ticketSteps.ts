import { isDeepStrictEqual } from 'node:util';
import { mayDo } from '#shared/domain/permissions.ts';
import { type Ticket, ticketSchema, ticketStepSchema } from '#shared/domain/tickets/ticket.ts';
import {
  isStepEvent,
  startStates,
  stepFields,
  type TakenStep,
  takeStep,
} from '#shared/domain/tickets/ticketFlow.ts';
import type { ReceivedOperation } from '../store/operations.ts';
import type { RecordKey, StoredRecord } from '../store/records.ts';
import type { Batch, BatchRecord } from './batch.ts';
import type { Author, Refusal } from './rules.ts';
import { standingTicket } from './ticketMerges.ts';

type Fields = Record<string, unknown>;

/**
 * Records that a decision needs beside the operation's own: a step makes an event, an event belongs to a step, a ticket
 * becomes part of another one.
 */
export function recordsBeside({ entity, fields }: ReceivedOperation): RecordKey[] {
  if (entity === 'ticket') {
    const step = ticketStepSchema.safeParse(fields.lastStep);
    const standing = standingTicket({ entity, fields });
    return [
      ...(step.success ? [{ entity: 'ticketEvent', id: step.data.id }] : []),
      ...(standing === null ? [] : [{ entity: 'ticket', id: standing }]),
    ];
  }
  const isOfStep = entity === 'ticketEvent' && isStepEvent(fields.name);
  const ticketId = ticketSchema.shape.firstContactId.safeParse(fields.ticketId);
  return isOfStep && ticketId.success ? [{ entity: 'ticket', id: ticketId.data }] : [];
}

/** Does it depend on the centre's rule for complaints? */
export function mayClose({ entity, fields }: ReceivedOperation): boolean {
  return entity === 'ticket' && fields.state === 'closed';
}

export type Judged = { refusal: Refusal } | { refusal: null; step: TakenStep | null };

const fine: Judged = { refusal: null, step: null };

/**
 * Is what an operation does to a ticket's state, owner and escalation one allowed step from where the ticket is? Its
 * fields are valid already. `held` null: the ticket is new.
 */
export function judgeTicket(
  batch: Pick<Batch, 'complaintsNeedVisit'>,
  author: Author,
  { entityId, fields, clock }: ReceivedOperation,
  held: StoredRecord | null,
): Judged {
  if (!held) {
    const refusal = notAStart(fields);
    return refusal ? { refusal } : fine;
  }
  const fixed = ['firstContactId', 'firstContactName', 'createdAt'].find(
    (name) => name in fields && fields[name] !== held.fields[name],
  );
  if (fixed) return notAllowed(`${fixed}: is the same from start to end`);
  const ticket = ticketSchema.safeParse(held.fields);
  const touched = stepFields.filter((name) => name in fields && differs(fields, held.fields, name));
  if (touched.length === 0) return fine;
  if (!ticket.success) return notAllowed('state: the ticket is not complete');
  const given = ticketStepSchema.safeParse(fields.lastStep);
  if (!given.success) return notAllowed(`${touched[0]}: changes by a step only (lastStep)`);
  const { state } = ticket.data;
  // Somebody has gone on from a state that the author had not seen.
  const isOld = stepFields.some((name) => (held.clocks[name] ?? '') > clock && name in fields);
  const isOther = given.data.from !== state;
  if (isOld || isOther) return notAllowed(`state: the ticket is ${state}`);
  return asStep(batch, author, { id: entityId, fields, step: given.data }, ticket.data);
}

function asStep(
  { complaintsNeedVisit }: Pick<Batch, 'complaintsNeedVisit'>,
  author: Author,
  given: { id: string; fields: Fields; step: NonNullable<Ticket['lastStep']> },
  ticket: Ticket,
): Judged {
  const { fields, step } = given;
  const after = { ...ticket, ...fields } as Ticket;
  const leads = 'writes' in author || mayDo(author.role, 'tickets.manage');
  const taken = takeStep(
    ticket,
    {
      action: step.action,
      note: step.note,
      visit: step.visit,
      ownerId: after.ownerId,
      resolution: after.resolution,
    },
    {
      ticketId: given.id,
      id: step.id,
      at: step.at,
      actor: { id: author.id, name: step.byName, writes: true, leads },
      complaintsNeedVisit,
    },
  );
  if (!taken.ok) {
    const { code, message, details } = taken.error;
    if (code === 'forbidden') return { refusal: { reason: 'forbidden', message } };
    if (code === 'missing-field') {
      return { refusal: { reason: 'invalid-fields', message: `${details?.field}: is missing` } };
    }
    return notAllowed(`state: ${message}`);
  }
  const wanted: Fields = { ...ticket, ...taken.value.fields };
  const made: Fields = { ...after, lastStep: step };
  const wrong = stepFields.find((name) => !isDeepStrictEqual(made[name], wanted[name]));
  if (wrong) return notAllowed(`${wrong}: is not what ${step.action} makes of it`);
  return { refusal: null, step: taken.value };
}

/** A new ticket has a way before it, and none behind it; tickets with a history come by import. */
function notAStart(fields: Fields): Refusal | null {
  const ticket = ticketSchema.safeParse(fields);
  if (!ticket.success) return null;
  const { state, ownerId, closedAt, resolvedAt, pauses, reopened, escalation, lastStep } =
    ticket.data;
  const message = (() => {
    if (!startStates.some((start) => start === state)) return `state: no ticket begins as ${state}`;
    const needsOwner = state === 'assigned' || state === 'inProgress';
    if (needsOwner && ownerId === null) return `ownerId: a ticket that is ${state} has an owner`;
    if (lastStep !== null) return 'lastStep: a new ticket has taken no step';
    if (closedAt !== null || resolvedAt !== null) return 'closedAt: a new ticket is open';
    if (pauses.length + reopened + escalation > 0) return 'pauses: a new ticket has no past';
    return null;
  })();
  return message === null ? null : { reason: 'state-not-allowed', message };
}

/**
 * An event of a step is written with its step, by the server: what a desk says of it changes nothing. One whose step
 * was refused is refused too.
 */
export function refusalOfEvent(
  batch: Batch,
  { entityId, fields }: ReceivedOperation,
): Refusal | null {
  if (!isStepEvent(fields.name)) return null;
  const { held } = batch.record('ticket', String(fields.ticketId));
  // The ticket is to come, or to come back: there is nothing to judge by.
  if (!held) return null;
  const last = ticketStepSchema.safeParse(held.fields.lastStep);
  if (last.success && last.data.id.toLowerCase() === entityId.toLowerCase()) return null;
  return { reason: 'state-not-allowed', message: 'name: its step was not taken' };
}

/** The trace that a step leaves; once, whoever brings it again. */
export function putEvent(batch: Batch, { event }: TakenStep, stamp: string): void {
  const record: BatchRecord = batch.record('ticketEvent', event.id);
  if (record.held) return;
  const fields: Fields = { ...event.fields };
  const clocks = Object.fromEntries(Object.keys(fields).map((name) => [name, stamp]));
  batch.put(record, { fields, clocks, version: 1 }, []);
}

function differs(fields: Fields, held: Fields, name: string): boolean {
  const schema = ticketSchema.shape[name as keyof Ticket];
  const before = schema.safeParse(held[name]);
  return !isDeepStrictEqual(fields[name], before.success ? before.data : held[name]);
}

function notAllowed(message: string): Judged {
  return { refusal: { reason: 'state-not-allowed', message } };
}
