import { z } from 'zod';
import { idSchema, isStorable, timeSchema } from '../domain/primitives.ts';
import {
  webhookEnvelopeSchema,
  webhookEventTypeSchema,
  webhookEventTypes,
  webhookScopeSchema,
  webhookScopes,
} from '../domain/webhooks.ts';

/** Of a house; more are refused. */
export const maxWebhooks = 100;
export const maxDeliveriesPage = 200;
const maxUrlLength = 2_000;

const urlSchema = z
  .string()
  .min(1)
  .max(maxUrlLength)
  .refine(isStorable, 'contains what is not text');
const descriptionSchema = z.string().max(200).refine(isStorable, 'contains what is not text');
const eventsSchema = z.array(webhookEventTypeSchema).min(1).max(webhookEventTypes.length);
const scopesSchema = z.array(webhookScopeSchema).max(webhookScopes.length);

/** Why a webhook was stopped by the server: the receiver said 410, or did not take anything for days. */
export const webhookStops = ['gone', 'failing'] as const;

/** Where other programs are told what happened; everything but the secret. */
export const webhookSchema = z.object({
  id: idSchema,
  url: z.string(),
  description: z.string(),
  events: z.array(webhookEventTypeSchema),
  /** Whose records are sent along; without, only their ids are. */
  scopes: z.array(webhookScopeSchema),
  active: z.boolean(),
  /** Null while it is active, or where an administrator paused it. */
  stopped: z.enum(webhookStops).nullable(),
  /** Since when nothing was taken; null where the last attempt was taken. */
  failingSince: timeSchema.nullable(),
  /** The last time something was taken. */
  deliveredAt: timeSchema.nullable(),
  /** Until when deliveries are signed with the secret before as well. */
  previousSecretUntil: timeSchema.nullable(),
  waiting: z.int().nonnegative(),
  dead: z.int().nonnegative(),
  createdAt: timeSchema,
  createdByName: z.string(),
});
export type Webhook = z.infer<typeof webhookSchema>;

/** `GET /api/webhooks`, the newest first. */
export const webhooksSchema = z.object({ webhooks: z.array(webhookSchema) });

/** `POST /api/webhooks` */
export const newWebhookSchema = z.object({
  url: urlSchema,
  description: descriptionSchema.default(''),
  events: eventsSchema,
  scopes: scopesSchema.default([]),
  active: z.boolean().default(true),
});
export type NewWebhook = z.infer<typeof newWebhookSchema>;

/** `PATCH /api/webhooks/{id}`: what is left out stays. */
export const webhookChangeSchema = z.object({
  url: urlSchema.optional(),
  description: descriptionSchema.optional(),
  events: eventsSchema.optional(),
  scopes: scopesSchema.optional(),
  active: z.boolean().optional(),
});
export type WebhookChange = z.infer<typeof webhookChangeSchema>;

/** The secret (`whsec_…`) is in the answer that makes it, and cannot be told again. */
export const createdWebhookSchema = z.object({ webhook: webhookSchema, secret: z.string() });
export type CreatedWebhook = z.infer<typeof createdWebhookSchema>;

export const deliveryStates = ['waiting', 'delivered', 'dead'] as const;
export const deliveryStateSchema = z.enum(deliveryStates);
export type DeliveryState = (typeof deliveryStates)[number];

/** Why an attempt was none; `answered`: with a status other than 2xx. */
const deliveryFailures = [
  'answered',
  'timed-out',
  'unreachable',
  'name-unknown',
  'cut',
  'tls',
  'address-not-allowed',
] as const;
const deliveryFailureSchema = z.enum(deliveryFailures);
export type DeliveryFailure = (typeof deliveryFailures)[number];

export const deliverySchema = z.object({
  id: idSchema,
  webhookId: idSchema,
  eventId: idSchema,
  type: z.string(),
  state: deliveryStateSchema,
  attempts: z.int().nonnegative(),
  createdAt: timeSchema,
  /** When it is tried next; null where it is not. */
  nextAt: timeSchema.nullable(),
  /** The last attempt; all null before the first. */
  lastAt: timeSchema.nullable(),
  lastTookMs: z.int().nonnegative().nullable(),
  /** Null where it was taken. */
  lastFailure: deliveryFailureSchema.nullable(),
  lastStatus: z.int().nullable(),
  /** The beginning of what the receiver answered. */
  lastAnswer: z.string().nullable(),
});
export type Delivery = z.infer<typeof deliverySchema>;

/** `GET /api/webhooks/{id}/deliveries`, the newest first; `cursor` null: there are no more. */
export const deliveriesSchema = z.object({
  deliveries: z.array(deliverySchema),
  cursor: z.string().nullable(),
});
export type Deliveries = z.infer<typeof deliveriesSchema>;

/** `GET /api/webhook-deliveries/{id}`: with what is sent. */
export const deliveryDetailSchema = z.object({
  delivery: deliverySchema,
  body: webhookEnvelopeSchema,
});

/** `POST /api/webhooks/{id}/redeliver`: all its dead letters. */
export const redeliveredSchema = z.object({ count: z.int().nonnegative() });
