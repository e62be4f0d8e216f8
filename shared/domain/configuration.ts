import { z } from 'zod';
import { breakReasons } from './agents/agentState.ts';
import { dialPolicySchema, usualDialPolicy } from './calls/dialPolicy.ts';
import { shortTextSchema } from './primitives.ts';
import { bilingualSchema } from './text/text.ts';

const queueSchema = z.object({
  id: shortTextSchema,
  name: bilingualSchema,
  /** After-call work allowed before the form is parked, ms. */
  afterCallMs: z.int().positive(),
  /** Calls of this queue are taken by themselves after a short tone. */
  autoAnswer: z.boolean().default(false),
  /** Offered nowhere any more (settings/queues.ts); calls that came through it keep its name. */
  retired: z.boolean().optional(),
});
export type Queue = z.infer<typeof queueSchema>;

/** One leaf of the disposition tree; `path` names the levels from reason to detail. */
const dispositionSchema = z.object({
  id: shortTextSchema,
  path: z.array(bilingualSchema).min(1).max(5),
  /** Not offered any more; what was wrapped up with it keeps its name. */
  retired: z.boolean().optional(),
});
export type Disposition = z.infer<typeof dispositionSchema>;

const ticketCategorySchema = z.object({
  id: shortTextSchema,
  path: z.array(bilingualSchema).min(1).max(5),
  /** Not offered any more; tickets that have it keep its name. */
  retired: z.boolean().optional(),
});
export type TicketCategory = z.infer<typeof ticketCategorySchema>;

const profileFieldSchema = z.object({
  id: z.string().max(64),
  label: bilingualSchema,
  type: z.enum(['text', 'date']),
});
export type ProfileField = z.infer<typeof profileFieldSchema>;

/** What the phones of the centre may do, and how its PBX wants it. */
const phoneConfigurationSchema = z.object({
  digits: z.enum(['rtp', 'info']),
  /** Offers that may wait beside a call; 0: the next call comes when this one is over. */
  waitingCalls: z.int().min(0).max(5),
  /** Numbers that agents may show when they dial; the first is the usual one. Empty: the PBX decides. */
  callerIds: z.array(z.object({ number: z.string().max(32), name: bilingualSchema })).max(50),
  /** What the PBX answers with an echo; null where there is none. */
  echoNumber: z.string().max(32).nullable(),
  /** Numbers of the quick-connect directory. */
  directory: z.array(z.object({ number: z.string().max(32), name: bilingualSchema })).max(500),
  dialling: dialPolicySchema,
  /** After an offer that rang out: a break, or ready again. */
  missed: z.enum(['break', 'ready']),
  /** Longest breaks by reason, ms; a reason not named has no limit. */
  breakLimitsMs: z.partialRecord(z.enum(breakReasons), z.int().positive()),
  listening: z.object({
    /** Whether the agent sees who listens in. Barging in is always seen. */
    agentIsTold: z.boolean(),
  }),
});
export type PhoneConfiguration = z.infer<typeof phoneConfigurationSchema>;

export const usualPhone: PhoneConfiguration = {
  digits: 'rtp',
  waitingCalls: 1,
  callerIds: [],
  echoNumber: '600',
  directory: [],
  dialling: usualDialPolicy,
  missed: 'break',
  breakLimitsMs: { rest: 15 * 60_000, lunch: 60 * 60_000 },
  listening: { agentIsTold: true },
};

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
  /** Configurations written before this was there have the usual. */
  phone: phoneConfigurationSchema.default(usualPhone),
});
export type Configuration = z.infer<typeof configurationSchema>;

/**
 * A stored configuration, whichever version wrote it: what it does not have yet is as usual. Null
 * where it does not fit this version at all.
 */
export function completeConfiguration(stored: unknown): Configuration | null {
  const read = configurationSchema.safeParse(stored);
  if (read.success) return read.data;
  if (typeof stored !== 'object' || stored === null) return null;
  const phone = 'phone' in stored && typeof stored.phone === 'object' ? stored.phone : {};
  const completed = { ...stored, phone: { ...usualPhone, ...phone } };
  return configurationSchema.safeParse(completed).data ?? null;
}

/**
 * Parts of the configuration, each a record of its own: `configuration` is the first one, the others have
 * come later. What each holds and what is usual: settings/parts.ts.
 */
export const settingKeys = [
  'configuration',
  'customerForm',
  'serviceLevels',
  'customerValue',
  'complaints',
  'returnVisits',
  'wrapUps',
  'supervision',
  'teams',
] as const;
export type SettingKey = (typeof settingKeys)[number];

/** A synced setting. Its value is read with the schema of its key (settings/parts.ts), since any version may have written it. */
export const settingSchema = z.object({
  key: z.enum(settingKeys),
  value: z.record(z.string().max(64), z.unknown()),
});
