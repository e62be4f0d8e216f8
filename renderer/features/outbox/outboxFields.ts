import type { OutboxEntry } from '#shared/contract/methods/outbox.ts';
import { wrapUpResults } from '#shared/domain/calls/call.ts';
import {
  contactPointKinds,
  customerKinds,
  valueClasses,
} from '#shared/domain/customers/customer.ts';
import { taskKinds } from '#shared/domain/task.ts';
import { levels, ticketPriorities, ticketTypes } from '#shared/domain/tickets/ticket.ts';

/** How a field is read and written. Its name stands in the locale `outbox` under `fields`. */
export interface FieldKind {
  type: 'line' | 'text' | 'time' | 'yesNo' | 'choice' | 'category' | 'disposition' | 'list';
  /** `choice`: where the words of its values stand, such as `common:customerKind`. */
  words?: string;
  values?: readonly string[];
  /** May be emptied. */
  optional?: boolean;
  /** The agent may correct it here. */
  edited?: boolean;
}

const line = { type: 'line', edited: true } as const;
const text = { type: 'text', edited: true } as const;
const optionalText = { ...text, optional: true } as const;
const optionalTime = { type: 'time', edited: true, optional: true } as const;
const shownTime = { type: 'time' } as const;
const choice = (words: string, values: readonly string[]): FieldKind => ({
  type: 'choice',
  words,
  values,
  edited: true,
});
const shown = (words: string): FieldKind => ({ type: 'choice', words });

/**
 * What an agent knows of a record, in the order of the forms. Fields that are not here belong to the desk itself:
 * ids, copies of names, keys.
 */
const fieldsOfEntity: Record<string, Record<string, FieldKind>> = {
  customer: {
    kind: choice('common:customerKind', customerKinds),
    name: line,
    valueClass: choice('outbox:classes', valueClasses),
    tags: { type: 'list' },
    pinnedNote: optionalText,
  },
  contactPoint: {
    kind: choice('customer:kinds', contactPointKinds),
    label: shown('customer:labels'),
    raw: line,
    preferred: { type: 'yesNo' },
    retired: { type: 'yesNo' },
  },
  contact: {
    kind: shown('customer:timeline.kinds'),
    title: line,
    detail: text,
    outcome: shown('customer:outcome'),
    at: shownTime,
  },
  call: {
    direction: shown('common:direction'),
    numberRaw: { type: 'line' },
    answeredAt: shownTime,
    endedAt: shownTime,
    result: shown('common:callResult'),
  },
  wrapUp: {
    dispositionId: { type: 'disposition', edited: true },
    result: choice('fields:results', wrapUpResults),
    followUpAt: optionalTime,
    notes: text,
  },
  ticket: {
    type: choice('fields:ticketTypes', ticketTypes),
    categoryId: { type: 'category', edited: true, optional: true },
    priority: choice('fields:priorities', ticketPriorities),
    subject: line,
    description: text,
    tags: { type: 'list' },
    state: shown('customer:ticketState'),
    dueAt: optionalTime,
  },
  ticketEvent: { note: optionalText, at: shownTime },
  task: {
    kind: choice('tasks:kinds', taskKinds),
    title: line,
    dueAt: { type: 'time', edited: true },
    notes: optionalText,
    state: shown('outbox:taskStates'),
  },
  complaint: {
    severity: choice('complaints:levels', levels),
    impact: choice('complaints:levels', levels),
    remedySought: optionalText,
    rootCause: optionalText,
    correctiveAction: optionalText,
    stage: shown('complaints:stages'),
  },
  answerSheet: { outcome: shown('visits:outcomes'), at: shownTime },
  missedCall: { note: optionalText, handledAt: shownTime },
  presence: { state: shown('common:agentState'), reason: shown('common:breakReason') },
  agentInterval: { state: shown('common:agentState'), reason: shown('common:breakReason') },
};

export interface KnownField {
  name: string;
  kind: FieldKind;
  value: unknown;
}

/** The fields of a change that an agent knows, in the order of the forms. */
export function knownFields({ entity, fields }: Pick<OutboxEntry, 'entity' | 'fields'>) {
  return Object.entries(fieldsOfEntity[entity] ?? {}).flatMap(([name, kind]): KnownField[] =>
    Object.hasOwn(fields, name) ? [{ name, kind, value: fields[name] }] : [],
  );
}

export function editedFields(entry: Pick<OutboxEntry, 'entity' | 'fields'>): KnownField[] {
  return knownFields(entry).filter(({ kind }) => kind.edited === true);
}

/** Waiting changes of one record. */
export interface WaitingGroup {
  key: string;
  entity: string;
  title: string | null;
  /** The first change that names what can be opened. */
  entry: OutboxEntry;
  count: number;
  /** Of the oldest change, ms UTC. */
  since: number;
  /** The newest value of each field. */
  fields: Record<string, unknown>;
}

const ofAgent = new Set(['presence', 'agentInterval']);

/** One line for each record, in the order in which they are sent; the agent's own states are one record. */
export function groupsOf(waiting: readonly OutboxEntry[]): WaitingGroup[] {
  const groups = new Map<string, WaitingGroup>();
  for (const entry of waiting) {
    const { entity, entityId, title, at, fields } = entry;
    const key = ofAgent.has(entity) ? 'agentState' : `${entity}/${entityId}`;
    const group = groups.get(key);
    if (group) {
      group.count += 1;
      group.since = Math.min(group.since, at);
      group.title ??= title;
      Object.assign(group.fields, fields);
    } else {
      groups.set(key, { key, entity, title, entry, count: 1, since: at, fields: { ...fields } });
    }
  }
  return [...groups.values()];
}
