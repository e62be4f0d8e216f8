import { z } from 'zod';
import { levelDenominators, usualTargets } from '../metrics/queueFigures.ts';
import { shortTextSchema } from '../primitives.ts';
import { isTimeZone } from '../serviceLevels/zonedTime.ts';

/** What a queue is measured by. */
const queueTargetsSchema = z.object({
  answerWithinMs: z.int().min(0).max(3_600_000),
  level: z.number().min(0).max(1),
  shortAbandonMs: z.int().min(0).max(3_600_000),
  denominator: z.enum(levelDenominators),
});

/**
 * What the board can watch. Of a queue: calls that wait (a number), the longest wait (ms), service level, abandon
 * rate, occupancy (0 to 1), agents that are ready (a number). Of an agent: how long a state has lasted (ms).
 */
export const queueMeasures = [
  'waiting',
  'longestWait',
  'serviceLevel',
  'abandonRate',
  'readyAgents',
] as const;
export const agentMeasures = ['onCall', 'wrapUp', 'break', 'ringing'] as const;
export const boardMeasures = [...queueMeasures, ...agentMeasures] as const;
export type BoardMeasure = (typeof boardMeasures)[number];

/** Measures of which less is worse. */
export const lessIsWorse: ReadonlySet<BoardMeasure> = new Set(['serviceLevel', 'readyAgents']);

const thresholdSchema = z.object({
  id: z.string().min(1).max(64),
  measure: z.enum(boardMeasures),
  /** Null: every queue. */
  queueId: shortTextSchema.nullable(),
  /** From this value on it is amber, from that one red; for a share 0 to 1, for a time ms. */
  warn: z.number().min(0).max(86_400_000),
  alarm: z.number().min(0).max(86_400_000),
  sound: z.boolean(),
  notify: z.boolean(),
});
export type Threshold = z.infer<typeof thresholdSchema>;

const minuteOfDay = z.int().min(0).max(1440);

const supervisionSchema = z.object({
  /** Whose midnight begins the day of the board, and the usual zone of reports; an IANA name. */
  timeZone: z.string().min(1).max(64).refine(isTimeZone, 'zone-unknown'),
  /** By queue; `*` holds for all others. */
  targets: z.record(shortTextSchema, queueTargetsSchema),
  thresholds: z.array(thresholdSchema).max(200),
  /** Times of the day without sound and notification; `from` behind `to` goes over midnight. */
  quietHours: z.array(z.object({ from: minuteOfDay, to: minuteOfDay })).max(10),
});
export type SupervisionRules = z.infer<typeof supervisionSchema>;

const minuteMs = 60_000;

export const usualSupervision: SupervisionRules = {
  timeZone: 'Asia/Shanghai',
  targets: { '*': usualTargets },
  thresholds: [
    {
      ...{ id: 'waiting', measure: 'waiting', queueId: null, warn: 3, alarm: 8 },
      ...{ sound: true, notify: true },
    },
    {
      ...{ id: 'longest', measure: 'longestWait', queueId: null, warn: minuteMs },
      ...{ alarm: 3 * minuteMs, sound: true, notify: true },
    },
    {
      ...{ id: 'level', measure: 'serviceLevel', queueId: null, warn: 0.8, alarm: 0.6 },
      ...{ sound: false, notify: false },
    },
    {
      ...{ id: 'onCall', measure: 'onCall', queueId: null, warn: 10 * minuteMs },
      ...{ alarm: 20 * minuteMs, sound: false, notify: false },
    },
    {
      ...{ id: 'wrapUp', measure: 'wrapUp', queueId: null, warn: 3 * minuteMs },
      ...{ alarm: 8 * minuteMs, sound: false, notify: false },
    },
  ],
  quietHours: [],
};

export const supervisionPart = { schema: supervisionSchema, usual: usualSupervision };

/** What this queue is measured by. */
export function targetsOf({ targets }: Pick<SupervisionRules, 'targets'>, queueId: string) {
  return targets[queueId] ?? targets['*'] ?? usualTargets;
}
