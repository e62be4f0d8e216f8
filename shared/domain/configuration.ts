import { z } from 'zod';
import { breakReasons } from './agentState.ts';
import { shortTextSchema } from './primitives.ts';
import { bilingualSchema } from './text.ts';

export const queueSchema = z.object({
  id: shortTextSchema,
  name: bilingualSchema,
  /** After-call work allowed before the form is parked, ms. */
  afterCallMs: z.int().positive(),
});
export type Queue = z.infer<typeof queueSchema>;

/** One leaf of the disposition tree; `path` names the levels from reason to detail. */
export const dispositionSchema = z.object({
  id: shortTextSchema,
  path: z.array(bilingualSchema).min(1).max(5),
});
export type Disposition = z.infer<typeof dispositionSchema>;

export const ticketCategorySchema = z.object({
  id: shortTextSchema,
  path: z.array(bilingualSchema).min(1).max(5),
});
export type TicketCategory = z.infer<typeof ticketCategorySchema>;

export const profileFieldSchema = z.object({
  id: z.string().max(64),
  label: bilingualSchema,
  type: z.enum(['text', 'date']),
});
export type ProfileField = z.infer<typeof profileFieldSchema>;

/** What an administrator sets for everybody; one record, versioned by sync. */
export const configurationSchema = z.object({
  organisation: bilingualSchema,
  home: z.object({ country: z.string().length(2), areaCode: z.string().max(6).nullable() }),
  currency: z.string().length(3),
  queues: z.array(queueSchema).max(500),
  dispositions: z.array(dispositionSchema).max(2000),
  ticketCategories: z.array(ticketCategorySchema).max(2000),
  profileFields: z.array(profileFieldSchema).max(100),
  breakReasons: z.array(z.enum(breakReasons)),
});
export type Configuration = z.infer<typeof configurationSchema>;

/** A synced setting: `configuration` is the only key so far. */
export const settingSchema = z.object({
  key: z.enum(['configuration']),
  value: configurationSchema,
});
export type Setting = z.infer<typeof settingSchema>;
