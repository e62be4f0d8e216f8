import { mayDo, type Role } from '../permissions.ts';
import type { Message } from './message.ts';

export type MessageRefusal = 'forbidden' | 'not-yours' | 'state-not-allowed';

const ofRecipient: ReadonlySet<string> = new Set(['readAt', 'reply', 'repliedAt']);
const ofSender: ReadonlySet<string> = new Set(['replyReadAt']);
const notYet = ['readAt', 'reply', 'repliedAt', 'replyReadAt'] as const;

/** May somebody send this? By permission, in the own name, to another, and nobody has read it yet. */
export function refusalOfNewMessage(
  actor: { id: string; role: Role },
  message: Message,
): MessageRefusal | null {
  if (!mayDo(actor.role, 'messages.send')) return 'forbidden';
  if (message.senderId !== actor.id) return 'not-yours';
  if (message.recipientId === actor.id) return 'forbidden';
  return notYet.every((name) => message[name] === null) ? null : 'state-not-allowed';
}

/** May this be changed of a message? The recipient reads and answers, the sender notes that the answer was seen. */
export function refusalOfMessageChange(
  actor: { id: string },
  held: Pick<Message, 'senderId' | 'recipientId'>,
  change: Record<string, unknown>,
): MessageRefusal | null {
  const names = Object.keys(change);
  if (held.recipientId === actor.id) {
    return names.every((name) => ofRecipient.has(name)) ? null : 'forbidden';
  }
  if (held.senderId === actor.id) {
    return names.every((name) => ofSender.has(name)) ? null : 'forbidden';
  }
  return 'not-yours';
}
