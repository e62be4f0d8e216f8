import { agentStateNames } from '#shared/domain/agentState.ts';
import { callEnders, callKinds, callResults, wrapUpResults } from '#shared/domain/call.ts';
import { contactKinds } from '#shared/domain/contact.ts';
import { contactPointKinds, customerKinds, valueClasses } from '#shared/domain/customer.ts';
import { roles } from '#shared/domain/permissions.ts';
import { taskKinds } from '#shared/domain/task.ts';
import {
  ticketEventNames,
  ticketPriorities,
  ticketStates,
  ticketTypes,
} from '#shared/domain/ticket.ts';
import type { EntityName } from '#shared/sync/entities.ts';

export interface Column {
  /** Name of the field and of the column. */
  name: string;
  type: 'text' | 'integer' | 'boolean' | 'json';
  nullable: boolean;
  /** Closed list of words; another word comes from a newer server, and this version cannot show it. */
  words: ReadonlySet<string> | null;
  /** What a record of before the field was there has; absent where such a record does not fit. */
  absent?: unknown;
}

export interface Table {
  name: string;
  columns: readonly Column[];
}

function column(name: string, type: Column['type'], nullable: boolean): Column {
  return { name, type, nullable, words: null };
}
const text = (name: string) => column(name, 'text', false);
const maybeText = (name: string) => column(name, 'text', true);
const integer = (name: string) => column(name, 'integer', false);
const maybeInteger = (name: string) => column(name, 'integer', true);
const boolean = (name: string) => column(name, 'boolean', false);
const json = (name: string) => column(name, 'json', false);
const maybeJson = (name: string) => column(name, 'json', true);
const since = (added: Column, absent: unknown): Column => ({ ...added, absent });
const word = (name: string, words: readonly string[]): Column => ({
  ...text(name),
  words: new Set(words),
});
const maybeWord = (name: string, words: readonly string[]): Column => ({
  ...word(name, words),
  nullable: true,
});

/**
 * The typed table of every entity: a column carries the name of its field, so that a row is the
 * record and hot reads convert nothing. `tables.test.ts` holds this list to the schemas in shared.
 */
export const tables: Record<EntityName, Table> = {
  customer: {
    name: 'customer',
    columns: [
      maybeText('no'),
      word('kind', customerKinds),
      text('name'),
      word('valueClass', valueClasses),
      text('since'),
      json('tags'),
      json('profile'),
      maybeText('pinnedNote'),
      integer('createdAt'),
      text('createdBy'),
    ],
  },
  contactPoint: {
    name: 'contact_point',
    columns: [
      text('customerId'),
      word('kind', contactPointKinds),
      word('label', ['mobile', 'landline', 'work', 'home', 'other']),
      text('raw'),
      maybeText('normal'),
      maybeText('extension'),
      boolean('preferred'),
      maybeText('verifiedOn'),
      boolean('retired'),
    ],
  },
  contact: {
    name: 'contact',
    columns: [
      maybeText('customerId'),
      word('kind', contactKinds),
      integer('at'),
      text('title'),
      text('detail'),
      maybeText('agentId'),
      maybeText('agentName'),
      maybeText('queueId'),
      maybeWord('direction', ['in', 'out']),
      maybeInteger('durationMs'),
      maybeText('refId'),
      maybeText('outcome'),
    ],
  },
  order: {
    name: 'customer_order',
    columns: [
      text('customerId'),
      text('no'),
      integer('at'),
      text('title'),
      json('amount'),
      word('state', ['open', 'shipped', 'delivered', 'cancelled', 'returned']),
    ],
  },
  call: {
    name: 'call',
    columns: [
      text('callRef'),
      word('direction', ['in', 'out']),
      maybeText('queueId'),
      text('numberRaw'),
      maybeText('numberKey'),
      maybeText('callerName'),
      maybeText('customerId'),
      text('agentId'),
      integer('offeredAt'),
      maybeInteger('answeredAt'),
      maybeInteger('endedAt'),
      maybeWord('endedBy', callEnders),
      maybeWord('result', callResults),
      maybeInteger('waitedMs'),
      integer('heldMs'),
      maybeJson('report'),
      maybeText('transferredTo'),
      maybeText('transferredBy'),
      since(json('recordingGaps'), []),
      since(word('kind', callKinds), 'customer'),
    ],
  },
  wrapUp: {
    name: 'wrap_up',
    columns: [
      text('callId'),
      maybeText('customerId'),
      text('agentId'),
      text('agentName'),
      text('dispositionId'),
      word('result', wrapUpResults),
      text('notes'),
      maybeInteger('followUpAt'),
      json('ticketIds'),
      integer('afterCallMs'),
      integer('savedAt'),
    ],
  },
  ticket: {
    name: 'ticket',
    columns: [
      maybeText('no'),
      word('type', ticketTypes),
      maybeText('categoryId'),
      word('priority', ticketPriorities),
      word('state', ticketStates),
      text('subject'),
      text('description'),
      maybeText('customerId'),
      maybeText('callId'),
      maybeText('queueId'),
      maybeText('numberRaw'),
      maybeText('ownerId'),
      text('firstContactId'),
      text('firstContactName'),
      integer('createdAt'),
      maybeInteger('dueAt'),
      maybeInteger('closedAt'),
    ],
  },
  ticketEvent: {
    name: 'ticket_event',
    columns: [
      text('ticketId'),
      word('name', ticketEventNames),
      integer('at'),
      text('byId'),
      text('byName'),
      maybeText('note'),
    ],
  },
  task: {
    name: 'task',
    columns: [
      word('kind', taskKinds),
      text('title'),
      maybeText('customerId'),
      maybeText('customerName'),
      maybeText('numberRaw'),
      maybeText('callId'),
      maybeText('ticketId'),
      text('ownerId'),
      text('ownerName'),
      integer('dueAt'),
      word('state', ['open', 'done', 'cancelled']),
      integer('createdAt'),
    ],
  },
  presence: {
    name: 'presence',
    columns: [
      text('userId'),
      text('name'),
      word('state', agentStateNames),
      maybeText('reason'),
      integer('since'),
      maybeText('callId'),
      maybeText('customerName'),
      maybeText('queueId'),
    ],
  },
  agentInterval: {
    name: 'agent_interval',
    columns: [
      text('userId'),
      word('state', agentStateNames),
      maybeText('reason'),
      integer('from'),
      integer('to'),
    ],
  },
  user: {
    name: 'user',
    columns: [
      text('login'),
      text('name'),
      word('role', roles),
      maybeText('teamId'),
      maybeText('extension'),
      json('queueIds'),
      boolean('active'),
    ],
  },
  setting: {
    name: 'setting',
    columns: [word('key', ['configuration']), json('value')],
  },
};

/** `"a", "b"` with an optional alias in front of each: the fields of an entity for a SELECT. */
export function columnList(entity: EntityName, alias?: string): string {
  const prefix = alias ? `${alias}.` : '';
  return tables[entity].columns.map(({ name }) => `${prefix}"${name}"`).join(', ');
}
