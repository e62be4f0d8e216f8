import { agentStateNames } from '#shared/domain/agents/agentState.ts';
import { helpAnswers, helpStates } from '#shared/domain/intervention/helpRequest.ts';
import { messageAudiences, messagePriorities } from '#shared/domain/intervention/message.ts';
import { notificationKinds } from '#shared/domain/notification.ts';
import { roles } from '#shared/domain/permissions.ts';
import type { EntityName } from '#shared/sync/entities.ts';
import {
  boolean,
  integer,
  json,
  maybeInteger,
  maybeText,
  maybeWord,
  type Table,
  text,
  word,
} from '../columns.ts';

/** Tables of who works here, in which state, and what they are told. */
export const peopleTables = {
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
} satisfies Partial<Record<EntityName, Table>>;
