import { z } from 'zod';
import { helpAnswers, helpRequestSchema } from '../../domain/intervention/helpRequest.ts';
import {
  maxMessageLength,
  messagePriorities,
  messageSchema,
} from '../../domain/intervention/message.ts';
import { roleSchema } from '../../domain/permissions.ts';
import { idSchema, shortTextSchema, timeSchema } from '../../domain/primitives.ts';
import {
  agentQueuesSchema,
  setQueuesRequestSchema,
  setStateAnswerSchema,
  signOutAnswerSchema,
  wantedRestSchema,
} from '../../sync/intervention.ts';
import { method } from '../method.ts';

const nothing = z.object({});
const ofUser = z.object({ userId: idSchema });
const limit = z.int().min(1).max(500);

const messageViewSchema = messageSchema.extend({ id: idSchema });
export type MessageView = z.infer<typeof messageViewSchema>;
const helpViewSchema = helpRequestSchema.extend({ id: idSchema });
export type HelpView = z.infer<typeof helpViewSchema>;

const receiptSchema = messageViewSchema.pick({
  id: true,
  recipientId: true,
  recipientName: true,
  readAt: true,
  reply: true,
  repliedAt: true,
  replyReadAt: true,
});

/** What was sent in one go, with who has read it. */
const sendingSchema = messageSchema
  .pick({
    sendingId: true,
    audience: true,
    audienceName: true,
    text: true,
    priority: true,
    sentAt: true,
  })
  .extend({ receipts: z.array(receiptSchema) });
export type Sending = z.infer<typeof sendingSchema>;

const messageTargetSchema = z.discriminatedUnion('audience', [
  z.object({ audience: z.literal('one'), userId: idSchema }),
  z.object({ audience: z.literal('team'), teamId: shortTextSchema }),
  z.object({ audience: z.literal('all') }),
]);
export type MessageTarget = z.infer<typeof messageTargetSchema>;

const wordsSchema = z.string().trim().min(1).max(maxMessageLength);

/** What supervisors do about agents, messages between them, and requests for help. */
export const interventionMethods = {
  /**
   * Asked of the agent's desk by way of the centre. Codes: `desk-away` (no desk of the agent answers: nothing was
   * done), `forbidden`, `not-found`, `server-unreachable`.
   */
  'intervention.setState': method(
    'team.manage',
    ofUser.extend({ rest: wantedRestSchema }),
    setStateAnswerSchema,
  ),
  /** The sessions end, the desk is told, and the PBX offers no more calls. A call at the desk goes on to its end. */
  'intervention.signOut': method('team.manage', ofUser, signOutAnswerSchema),
  'intervention.queues': method('team.manage', ofUser, agentQueuesSchema),
  'intervention.setQueues': method(
    'team.manage',
    ofUser.extend(setQueuesRequestSchema.shape),
    agentQueuesSchema,
  ),

  /** What this user got, newest first. */
  'messages.inbox': method(
    'signed-in',
    z.object({ limit }),
    z.object({ unread: z.int().nonnegative(), entries: z.array(messageViewSchema) }),
  ),
  /** Ids, or null for all. */
  'messages.read': method(
    'signed-in',
    z.object({ ids: z.array(idSchema).max(500).nullable() }),
    nothing,
  ),
  /** Once; it is read then as well. Codes: `not-found`, `state-not-allowed`. */
  'messages.reply': method(
    'signed-in',
    z.object({ id: idSchema, text: wordsSchema }),
    messageViewSchema,
  ),
  /** To whom messages can go: active users other than oneself, and their teams. */
  'messages.audience': method(
    'messages.send',
    nothing,
    z.object({
      users: z.array(
        z.object({
          id: idSchema,
          name: shortTextSchema,
          role: roleSchema,
          teamId: shortTextSchema.nullable(),
        }),
      ),
      teams: z.array(z.object({ id: shortTextSchema, count: z.int().positive() })),
    }),
  ),
  /** Also with the server away: it goes out when the line is back. `not-found`: nobody to send it to. */
  'messages.send': method(
    'messages.send',
    z.object({
      to: messageTargetSchema,
      text: wordsSchema,
      priority: z.enum(messagePriorities),
      helpRequestId: idSchema.nullable(),
    }),
    z.object({ sendingId: idSchema, recipients: z.int().positive() }),
  ),
  /** Newest first. */
  'messages.sent': method('messages.send', z.object({ limit }), z.array(sendingSchema)),
  /** The replies to what this user sent have been seen. */
  'messages.seenReplies': method('messages.send', z.object({ sendingId: idSchema }), nothing),

  /** One at a time: while one goes on, it is given back. */
  'help.ask': method('calls.take', z.object({ note: shortTextSchema }), helpViewSchema),
  'help.withdraw': method('calls.take', nothing, nothing),
  /** The own request that goes on; null without one. */
  'help.mine': method('signed-in', nothing, z.object({ request: helpViewSchema.nullable() })),
  /** Requests that go on, oldest first. `mine`: those that call for this user, as shared/domain/intervention says. */
  'help.open': method(
    'messages.send',
    nothing,
    z.array(helpViewSchema.extend({ mine: z.boolean() })),
  ),
  /** Codes: `conflict` (somebody else has answered), `state-not-allowed` (it is over). */
  'help.answer': method(
    'messages.send',
    z.object({ id: idSchema, answer: z.enum(helpAnswers) }),
    helpViewSchema,
  ),
  'help.finish': method('messages.send', z.object({ id: idSchema }), helpViewSchema),
  /** Newest first, closed ones as well. */
  'help.history': method(
    'messages.send',
    z.object({ limit, before: timeSchema.nullable() }),
    z.array(helpViewSchema),
  ),
} as const;
