import { visitOutcomes } from '#shared/domain/feedback/feedback.ts';
import { taskKinds } from '#shared/domain/task.ts';
import type { EntityName } from '#shared/sync/entities.ts';
import {
  boolean,
  integer,
  json,
  maybeInteger,
  maybeText,
  since,
  type Table,
  text,
  word,
} from '../columns.ts';

/** Tables of what is promised to customers, and what they answer. */
export const followUpTables = {
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
} satisfies Partial<Record<EntityName, Table>>;
