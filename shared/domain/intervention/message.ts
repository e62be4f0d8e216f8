import { z } from 'zod';
import { idSchema, shortTextSchema, timeSchema } from '../primitives.ts';

export const messagePriorities = ['normal', 'urgent'] as const;
export const messageAudiences = ['one', 'team', 'all'] as const;
/** Longest message and reply, characters. */
export const maxMessageLength = 2_000;

const wordsSchema = z.string().max(maxMessageLength);

/**
 * Message 消息: one sending as one of its recipients has it; those of one sending share `sendingId`. Who sent it sees
 * of each whether and when it was read.
 */
export const messageSchema = z.object({
  sendingId: idSchema,
  senderId: idSchema,
  senderName: shortTextSchema,
  recipientId: idSchema,
  recipientName: shortTextSchema,
  audience: z.enum(messageAudiences),
  /** The team's; null for one and for all. */
  audienceName: shortTextSchema.nullable(),
  text: wordsSchema,
  priority: z.enum(messagePriorities),
  sentAt: timeSchema,
  /** The request for help that it answers. */
  helpRequestId: idSchema.nullable(),
  readAt: timeSchema.nullable(),
  /** What the recipient answered, once. */
  reply: wordsSchema.nullable(),
  repliedAt: timeSchema.nullable(),
  /** When the sender has seen the reply. */
  replyReadAt: timeSchema.nullable(),
});
export type Message = z.infer<typeof messageSchema>;
export type MessageAudience = Message['audience'];
