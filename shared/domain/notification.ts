import { z } from 'zod';
import { idSchema, shortTextSchema, timeSchema } from './primitives.ts';

export const notificationKinds = [
  'ticket.assigned',
  /** To whom it was: somebody else has handed it to another. */
  'ticket.reassigned',
  'ticket.returned',
  'ticket.reopened',
  'ticket.escalated',
  'ticket.warned',
  'ticket.breached',
  'ticket.watched',
  'visit.unsatisfied',
  'task.due',
  'task.handedOver',
  'article.review',
  /** A supervisor has set the state, signed out, changed the queues of this user. */
  'team.stateSet',
  'team.signedOut',
  'team.queuesChanged',
  /** Not kept: a message that cannot wait, a request for help. */
  'message.urgent',
  'help.asked',
] as const;

/** Longest `subject`. */
export const maxSubject = 500;

/** What one user has to be told, on whichever desk. Made by the server; the user marks it as read. */
export const notificationSchema = z.object({
  userId: idSchema,
  kind: z.enum(notificationKinds),
  at: timeSchema,
  ticketId: idSchema.nullable(),
  taskId: idSchema.nullable(),
  /** What it is about, in the words of the record: number and subject of a ticket … */
  subject: shortTextSchema,
  /** Who did it; null: the server. */
  byName: shortTextSchema.nullable(),
  readAt: timeSchema.nullable(),
});
export type Notification = z.infer<typeof notificationSchema>;

export type NotificationKind = Notification['kind'];

/** What is told at once, also where the window is not in front. */
export const urgentKinds: ReadonlySet<NotificationKind> = new Set([
  'ticket.assigned',
  'ticket.escalated',
  'ticket.breached',
  'visit.unsatisfied',
  'team.stateSet',
  'team.signedOut',
  'team.queuesChanged',
]);

/** What is left of a notification that the server has taken back: it is nobody's. */
export const withdrawnFields = { userId: '00000000-0000-0000-0000-000000000000' } as const;
