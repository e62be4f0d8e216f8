import { v7 as uuidv7 } from 'uuid';
import { withDueAt } from '#shared/domain/serviceLevels/serviceLevels.ts';
import { serviceLevelsPart } from '#shared/domain/settings/serviceLevels.ts';
import type { EntityName } from '#shared/sync/entities.ts';
import type { Operation } from '#shared/sync/messages.ts';

export type BenchOperation = Operation;

export interface Author {
  userId: string;
  deviceId: string;
  /** Customers that were stored before, which all desks work on. */
  customerIds: readonly string[];
}

/** How many operations one call leaves behind. */
export const operationsPerCall = 10;

/** Of all customers here. */
const valueClass = 'C';

let stamps = 0;

/** What a desk writes of one call: the call from ring to end, the agent's state, wrap-up, entry, ticket and note. */
export function callOperations(author: Author): BenchOperation[] {
  const { userId, customerIds } = author;
  const customerId = customerIds[Math.floor(Math.random() * customerIds.length)] ?? null;
  const at = Date.now();
  const [call, ticket, wrapUp] = [uuidv7(), uuidv7(), uuidv7()];
  const number = callersNumber();
  const make = (entity: EntityName, entityId: string, fields: Record<string, unknown>) =>
    operationOf(author, at, entity, entityId, fields);
  const presence = (state: string) => ({ ...presenceOf(userId, at), state, callId: call });
  const operations = [
    make('call', call, callFields(author, at, customerId, number)),
    make('presence', userId, presence('onCall')),
    make('call', call, { answeredAt: at + 4_000, waitedMs: 4_000, result: 'answered' }),
    make('call', call, { endedAt: at + 180_000, endedBy: 'customer', heldMs: 12_000 }),
    make('presence', userId, presence('wrapUp')),
    make('contact', uuidv7(), contactFields(author, at, customerId, call)),
    make('wrapUp', wrapUp, wrapUpFields(author, at, customerId, call, ticket)),
    make('ticket', ticket, ticketFields(author, at, { customerId, callId: call, number })),
    make('ticketEvent', uuidv7(), ticketEventFields(author, at, ticket)),
  ];
  const pinned = { pinnedNote: 'Prefers to be called after six, and in English.' };
  if (customerId) operations.push(make('customer', customerId, pinned));
  return operations;
}

export function operationOf(
  { userId, deviceId }: Author,
  at: number,
  entity: EntityName,
  entityId: string,
  fields: Record<string, unknown>,
): BenchOperation {
  stamps = (stamps + 1) % 0x10000;
  const clock = `${at.toString(16).padStart(12, '0')}-${stamps.toString(16).padStart(4, '0')}-${deviceId}`;
  return { id: uuidv7(), entity, entityId, fields, clock, baseVersion: null, authorId: userId, at };
}

export function customerFields(index: number) {
  return {
    no: `C${100_001 + index}`,
    kind: 'person',
    name: `王芳 ${index}`,
    valueClass,
    since: '2026-01-02',
    tags: [],
    profile: {},
    pinnedNote: null,
    createdAt: 1_767_312_000_000,
    createdBy: 'xu.jing',
  };
}

/** In the mobile form, without country code; many customers call, and few of them twice. */
function callersNumber(): string {
  return `138${String(Math.floor(Math.random() * 100_000_000)).padStart(8, '0')}`;
}

function callFields({ userId }: Author, at: number, customerId: string | null, number: string) {
  return {
    callRef: `bench-${uuidv7()}`,
    direction: 'in',
    queueId: 'support',
    numberRaw: number,
    numberKey: `+86${number}`,
    callerName: null,
    customerId,
    agentId: userId,
    offeredAt: at,
    answeredAt: null,
    endedAt: null,
    endedBy: null,
    result: null,
    waitedMs: null,
    heldMs: 0,
    report: null,
    transferredTo: null,
    transferredBy: null,
    recordingGaps: [],
    kind: 'customer',
  };
}

function presenceOf(userId: string, at: number) {
  return { userId, name: '徐静', reason: null, since: at, customerName: null, queueId: 'support' };
}

function contactFields({ userId }: Author, at: number, customerId: string | null, refId: string) {
  return {
    customerId,
    kind: 'call',
    at,
    title: 'Boiler leaks',
    detail:
      'The boiler leaks since Monday; a technician comes on Thursday between nine and eleven.',
    agentId: userId,
    agentName: '徐静',
    queueId: 'support',
    direction: 'in',
    durationMs: 176_000,
    refId,
    outcome: 'resolved',
  };
}

function wrapUpFields(
  { userId }: Author,
  at: number,
  customerId: string | null,
  callId: string,
  ticketId: string,
) {
  return {
    callId,
    customerId,
    agentId: userId,
    agentName: '徐静',
    dispositionId: 'repair',
    result: 'resolved',
    notes: 'A technician comes on Thursday. 客户要求提前一小时打电话。',
    followUpAt: null,
    ticketIds: [ticketId],
    afterCallMs: 20_000,
    savedAt: at + 200_000,
  };
}

function ticketFields(
  { userId }: Author,
  at: number,
  { customerId, callId, number }: { customerId: string | null; callId: string; number: string },
) {
  return {
    no: null,
    type: 'repair',
    categoryId: null,
    priority: 'normal',
    state: 'registered',
    subject: 'Boiler leaks',
    description: 'Since Monday, at the lower joint.',
    customerId,
    callId,
    queueId: 'support',
    numberRaw: number,
    ownerId: userId,
    firstContactId: userId,
    firstContactName: '徐静',
    createdAt: at,
    dueAt: dueAtOf(at),
    closedAt: null,
  };
}

/** As a desk computes it: the server leaves it as it is. */
function dueAtOf(at: number): number | null {
  const clocks = { acknowledgedAt: null, respondedAt: null, resolvedAt: null, closedAt: null };
  const more = { reopenedAt: null, promisedAt: null, mergedInto: null, pauses: [], dueAt: null };
  const ticket = {
    ...{ type: 'repair' as const, priority: 'normal' as const, state: 'registered' as const },
    ...{ createdAt: at, ...clocks, ...more },
  };
  return withDueAt(ticket, serviceLevelsPart.usual, valueClass).dueAt;
}

function ticketEventFields({ userId }: Author, at: number, ticketId: string) {
  return { ticketId, name: 'ticket.noted', at, byId: userId, byName: '徐静', note: 'Has a dog' };
}
