import { agentStateNames } from '#shared/domain/agents/agentState.ts';
import { callEnders, callKinds, callResults, wrapUpResults } from '#shared/domain/calls/call.ts';
import { settingKeys } from '#shared/domain/configuration.ts';
import { contactKinds } from '#shared/domain/customers/contact.ts';
import {
  consents,
  contactPointKinds,
  customerKinds,
  dripOutcomes,
  relationKinds,
  valueClasses,
} from '#shared/domain/customers/customer.ts';
import { visitOutcomes } from '#shared/domain/feedback/feedback.ts';
import { helpAnswers, helpStates } from '#shared/domain/intervention/helpRequest.ts';
import { messageAudiences, messagePriorities } from '#shared/domain/intervention/message.ts';
import { notificationKinds } from '#shared/domain/notification.ts';
import { roles } from '#shared/domain/permissions.ts';
import { taskKinds } from '#shared/domain/task.ts';
import { complaintStages } from '#shared/domain/tickets/complaint.ts';
import {
  levels,
  ticketEventNames,
  ticketPriorities,
  ticketStates,
  ticketTypes,
} from '#shared/domain/tickets/ticket.ts';
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
      maybeText('mergedInto'),
      maybeJson('callHours'),
      since(boolean('doNotCall'), false),
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
      since(word('consent', consents), 'unknown'),
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
      since(json('tags'), []),
      maybeJson('script'),
      since(json('edits'), []),
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
      maybeWord('impact', levels),
      maybeWord('urgency', levels),
      since(json('tags'), []),
      since(json('watcherIds'), []),
      maybeText('mergedInto'),
      maybeText('splitFrom'),
      since(json('relatedIds'), []),
      maybeInteger('acknowledgedAt'),
      maybeInteger('respondedAt'),
      maybeInteger('resolvedAt'),
      since(text('resolution'), ''),
      since(integer('reopened'), 0),
      maybeInteger('reopenedAt'),
      maybeInteger('promisedAt'),
      since(integer('escalation'), 0),
      since(json('pauses'), []),
      since(json('limitsTold'), []),
      maybeJson('lastStep'),
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
      maybeJson('data'),
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
      since(text('notes'), ''),
      since(json('attempts'), []),
      maybeInteger('remindAt'),
      maybeText('queueId'),
      maybeInteger('doneAt'),
      maybeText('doneBy'),
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
    columns: [word('key', settingKeys), json('value')],
  },
  relation: {
    name: 'relation',
    columns: [
      text('fromId'),
      text('toId'),
      word('kind', relationKinds),
      text('note'),
      integer('createdAt'),
      text('createdBy'),
      maybeInteger('endedAt'),
    ],
  },
  fieldChange: {
    name: 'field_change',
    columns: [
      text('customerId'),
      text('field'),
      text('before'),
      text('after'),
      integer('at'),
      text('byId'),
      text('byName'),
      text('source'),
    ],
  },
  dripAnswer: {
    name: 'drip_answer',
    columns: [
      text('customerId'),
      text('fieldId'),
      word('outcome', dripOutcomes),
      integer('at'),
      text('byId'),
      maybeText('callId'),
    ],
  },
  customerMerge: {
    name: 'customer_merge',
    columns: [
      text('winnerId'),
      text('loserId'),
      integer('at'),
      text('byId'),
      text('byName'),
      json('fields'),
      maybeInteger('undoneAt'),
      maybeText('undoneBy'),
    ],
  },
  notDuplicate: {
    name: 'not_duplicate',
    columns: [text('aId'), text('bId'), integer('at'), text('byId'), text('byName')],
  },
  attachment: {
    name: 'attachment',
    columns: [
      text('ticketId'),
      text('name'),
      text('mime'),
      integer('bytes'),
      text('sha256'),
      integer('at'),
      text('byId'),
      text('byName'),
      boolean('retired'),
    ],
  },
  ticketTemplate: {
    name: 'ticket_template',
    columns: [
      text('name'),
      word('kind', ['ticket', 'reply']),
      maybeWord('type', ticketTypes),
      maybeText('categoryId'),
      maybeWord('priority', ticketPriorities),
      text('subject'),
      text('body'),
      boolean('retired'),
    ],
  },
  savedView: {
    name: 'saved_view',
    columns: [
      text('ownerId'),
      word('list', ['tickets', 'customers', 'tasks']),
      text('name'),
      json('filter'),
      text('sort'),
      boolean('shared'),
      boolean('retired'),
    ],
  },
  complaint: {
    name: 'complaint',
    columns: [
      text('ticketId'),
      maybeText('customerId'),
      maybeText('categoryId'),
      word('severity', levels),
      word('impact', levels),
      text('remedySought'),
      text('rootCause'),
      text('correctiveAction'),
      word('stage', complaintStages),
      json('stagesAt'),
      maybeText('repeatOf'),
      integer('createdAt'),
    ],
  },
  questionnaire: {
    name: 'questionnaire',
    columns: [
      json('name'),
      integer('edition'),
      json('greeting'),
      json('questions'),
      boolean('active'),
      boolean('retired'),
    ],
  },
  answerSheet: {
    name: 'answer_sheet',
    columns: [
      text('questionnaireId'),
      integer('edition'),
      maybeText('customerId'),
      maybeText('ticketId'),
      maybeText('taskId'),
      maybeText('callId'),
      maybeText('agentId'),
      maybeText('agentName'),
      maybeText('queueId'),
      maybeText('categoryId'),
      json('answers'),
      json('questions'),
      maybeInteger('scoreHundredths'),
      word('outcome', visitOutcomes),
      integer('at'),
      text('byId'),
      text('byName'),
    ],
  },
  article: {
    name: 'article',
    columns: [
      text('title'),
      word('language', ['zh-CN', 'en']),
      text('body'),
      text('category'),
      json('keywords'),
      json('ticketCategoryIds'),
      json('queueIds'),
      word('state', ['draft', 'published', 'retired']),
      integer('bodyVersion'),
      maybeText('reviewOn'),
      integer('updatedAt'),
      text('updatedBy'),
    ],
  },
  articleVersion: {
    name: 'article_version',
    columns: [
      text('articleId'),
      integer('bodyVersion'),
      text('title'),
      text('body'),
      integer('at'),
      text('byId'),
      text('byName'),
    ],
  },
  articleFeedback: {
    name: 'article_feedback',
    columns: [
      text('articleId'),
      boolean('helped'),
      text('note'),
      maybeText('callId'),
      integer('at'),
      text('byId'),
    ],
  },
  script: {
    name: 'script',
    columns: [
      json('name'),
      json('queueIds'),
      word('direction', ['in', 'out', 'both']),
      text('startId'),
      json('nodes'),
      boolean('active'),
      boolean('retired'),
      integer('edition'),
    ],
  },
  segment: {
    name: 'segment',
    columns: [
      json('name'),
      json('description'),
      json('rule'),
      maybeText('standing'),
      integer('createdAt'),
      text('createdBy'),
      boolean('retired'),
    ],
  },
  notification: {
    name: 'notification',
    columns: [
      text('userId'),
      word('kind', notificationKinds),
      integer('at'),
      maybeText('ticketId'),
      maybeText('taskId'),
      text('subject'),
      maybeText('byName'),
      maybeInteger('readAt'),
    ],
  },
  missedCall: {
    name: 'missed_call',
    columns: [
      maybeText('numberKey'),
      text('numberRaw'),
      maybeText('customerId'),
      maybeText('queueId'),
      integer('firstAt'),
      integer('lastAt'),
      json('callRefs'),
      word('state', ['open', 'taken', 'handled']),
      maybeText('ownerId'),
      maybeText('ownerName'),
      maybeInteger('handledAt'),
      maybeText('outcome'),
      since(text('note'), ''),
    ],
  },
  message: {
    name: 'message',
    columns: [
      text('sendingId'),
      text('senderId'),
      text('senderName'),
      text('recipientId'),
      text('recipientName'),
      word('audience', messageAudiences),
      maybeText('audienceName'),
      text('text'),
      word('priority', messagePriorities),
      integer('sentAt'),
      maybeText('helpRequestId'),
      maybeInteger('readAt'),
      maybeText('reply'),
      maybeInteger('repliedAt'),
      maybeInteger('replyReadAt'),
    ],
  },
  helpRequest: {
    name: 'help_request',
    columns: [
      text('agentId'),
      text('agentName'),
      maybeText('teamId'),
      integer('askedAt'),
      text('note'),
      maybeText('callId'),
      maybeText('callRef'),
      maybeText('queueId'),
      maybeText('customerName'),
      word('state', helpStates),
      maybeWord('answer', helpAnswers),
      maybeText('answeredById'),
      maybeText('answeredByName'),
      maybeInteger('answeredAt'),
      maybeInteger('closedAt'),
    ],
  },
};

/** `"a", "b"` with an optional alias in front of each: the fields of an entity for a SELECT. */
export function columnList(entity: EntityName, alias?: string): string {
  const prefix = alias ? `${alias}.` : '';
  return tables[entity].columns.map(({ name }) => `${prefix}"${name}"`).join(', ');
}
