import { z } from 'zod';
import type { EntityName } from '../sync/entities.ts';
import type { ApiScope } from './apiScopes.ts';
import { idSchema, timeSchema } from './primitives.ts';

/** What happened, in the past tense; the closed list that other programs may be told of. */
export const webhookEventTypes = [
  'customer.created',
  'customer.updated',
  'ticket.created',
  'ticket.updated',
  'ticket.noted',
  'ticket.assigned',
  'ticket.resolved',
  'ticket.closed',
  'call.ended',
  'wrapUp.saved',
  'task.created',
  'task.updated',
  'task.done',
] as const;
export const webhookEventTypeSchema = z.enum(webhookEventTypes);
export type WebhookEventType = (typeof webhookEventTypes)[number];

/** Sent when an administrator tries a webhook, and only then. */
export const webhookTestType = 'webhook.test';

/** The record whose change makes the event. */
export const webhookEntities: Record<WebhookEventType, EntityName> = {
  'customer.created': 'customer',
  'customer.updated': 'customer',
  'ticket.created': 'ticket',
  'ticket.updated': 'ticket',
  'ticket.noted': 'ticketEvent',
  'ticket.assigned': 'ticket',
  'ticket.resolved': 'ticket',
  'ticket.closed': 'ticket',
  'call.ended': 'call',
  'wrapUp.saved': 'wrapUp',
  'task.created': 'task',
  'task.updated': 'task',
  'task.done': 'task',
};

/** What a webhook may be told besides that something happened: the same words as the scopes of keys. */
export const webhookScopes = [
  'customers:read',
  'tickets:read',
  'calls:read',
  'wrapUps:read',
  'tasks:read',
] as const satisfies readonly ApiScope[];
export const webhookScopeSchema = z.enum(webhookScopes);
export type WebhookScope = (typeof webhookScopes)[number];

const scopes: Partial<Record<EntityName, WebhookScope>> = {
  customer: 'customers:read',
  ticket: 'tickets:read',
  ticketEvent: 'tickets:read',
  call: 'calls:read',
  wrapUp: 'wrapUps:read',
  task: 'tasks:read',
};

/** What a receiver needs to be sent the fields of that event's record. */
export function scopeOfWebhookEvent(type: WebhookEventType): WebhookScope | null {
  return scopes[webhookEntities[type]] ?? null;
}

/**
 * The body of a delivery. `version` is the version of this envelope: it grows only when a receiver would have to
 * be changed. New members may be added without it.
 */
export const webhookEnvelopeSchema = z.object({
  /** Of the event; the same at every attempt, so that a receiver knows what it has seen. */
  id: idSchema,
  type: z.string(),
  /** When the server wrote it, ms UTC. */
  at: timeSchema,
  version: z.literal(1),
  data: z.object({
    /** Of the record. */
    id: idSchema,
    /** Grows with every change of the record: of two events the one with more is the later. */
    recordVersion: z.int().positive(),
    /** Names of the fields that changed; of a new record all. */
    changed: z.array(z.string()),
    /** The record as it was then; null where the webhook lacks the scope. */
    record: z.record(z.string(), z.unknown()).nullable(),
  }),
});
export type WebhookEnvelope = z.infer<typeof webhookEnvelopeSchema>;
