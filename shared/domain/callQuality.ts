import { z } from 'zod';
import { shortTextSchema, timeSchema } from './primitives.ts';

export const qualityLevels = ['good', 'fair', 'poor'] as const;

/** One look at the audio of a call, over the seconds since the look before. */
export const callQualitySchema = z.object({
  level: z.enum(qualityLevels),
  /** Estimated mean opinion score, 1 to 4.5 (E-model, ITU-T G.107, simplified). */
  mos: z.number().min(1).max(5),
  /** Share of packets lost on the way here, 0 to 1. */
  loss: z.number().min(0).max(1),
  jitterMs: z.number().nonnegative().nullable(),
  roundTripMs: z.number().nonnegative().nullable(),
  /** Set once the level was poor for 5 s without a break; ms UTC at which it became poor. */
  poorSince: timeSchema.nullable(),
});
export type CallQuality = z.infer<typeof callQualitySchema>;

/** What is kept of a call's audio and of its course. */
export const callReportSchema = z.object({
  codec: shortTextSchema.nullable(),
  /** Types of the two candidates of the ICE pair in use, such as `host/srflx udp`. */
  path: shortTextSchema.nullable(),
  mos: z.object({ average: z.number(), lowest: z.number() }).nullable(),
  packetsReceived: z.int().nonnegative(),
  packetsLost: z.int().nonnegative(),
  jitterMs: z.number().nonnegative().nullable(),
  roundTripMs: z.number().nonnegative().nullable(),
  poorMs: z.int().nonnegative(),
  /** Every change of state with its time, ms UTC; capped at 200. */
  states: z.array(z.object({ state: z.string().max(20), at: timeSchema })).max(200),
});
export type CallReport = z.infer<typeof callReportSchema>;
