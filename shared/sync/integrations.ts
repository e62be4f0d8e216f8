import { z } from 'zod';
import { apiScopeSchema, apiScopes } from '../domain/apiScopes.ts';
import { idSchema, shortTextSchema, timeSchema } from '../domain/primitives.ts';

/** Requests a minute that a key may make on one node where nothing else is set. */
export const usualRequestsPerMinute = 600;
const maxRequestsPerMinute = 60_000;

const nameSchema = z.string().trim().min(1).max(100);
const scopesSchema = z.array(apiScopeSchema).min(1).max(apiScopes.length);
const perMinuteSchema = z.int().min(1).max(maxRequestsPerMinute);

/** A key of another program, as administrators see it: everything but the secret. */
export const apiKeySchema = z.object({
  id: idSchema,
  name: shortTextSchema,
  /** The visible beginning of the key, such as `sb_4f7k2m9q`. */
  prefix: z.string().max(20),
  scopes: z.array(apiScopeSchema),
  requestsPerMinute: perMinuteSchema,
  createdAt: timeSchema,
  createdById: idSchema,
  createdByName: shortTextSchema,
  /** Null: it does not expire. */
  expiresAt: timeSchema.nullable(),
  /** Within a minute; null: never. */
  lastUsedAt: timeSchema.nullable(),
  /** Null: it stands. A revoked key stays in the list, for the history names it. */
  revokedAt: timeSchema.nullable(),
  revokedByName: shortTextSchema.nullable(),
});
export type ApiKey = z.infer<typeof apiKeySchema>;

/** `GET /api/keys`, the newest first. */
export const apiKeysSchema = z.object({ keys: z.array(apiKeySchema) });

/** `POST /api/keys` */
export const newApiKeySchema = z.object({
  name: nameSchema,
  scopes: scopesSchema,
  requestsPerMinute: perMinuteSchema.default(usualRequestsPerMinute),
  expiresAt: timeSchema.nullable().default(null),
});
export type NewApiKey = z.infer<typeof newApiKeySchema>;

/** The one answer that holds the secret: it is not kept and cannot be told again. */
export const createdApiKeySchema = z.object({ key: apiKeySchema, secret: z.string().max(100) });
export type CreatedApiKey = z.infer<typeof createdApiKeySchema>;

/** `PATCH /api/keys/{id}`: what is left out stays. */
export const apiKeyChangeSchema = z.object({
  name: nameSchema.optional(),
  scopes: scopesSchema.optional(),
  requestsPerMinute: perMinuteSchema.optional(),
  expiresAt: timeSchema.nullable().optional(),
});
export type ApiKeyChange = z.infer<typeof apiKeyChangeSchema>;
