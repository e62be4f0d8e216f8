import { z } from 'zod';
import { shortTextSchema, timeSchema } from '../primitives.ts';

const qualityLevels = ['good', 'fair', 'poor'] as const;

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

/** What a look at a call's audio found, over the time since the look before. */
export interface AudioSample {
  /** MIME type as WebRTC names it, such as `audio/PCMA`; null where unknown. */
  codec: string | null;
  /** Packets in this span of time. */
  packetsReceived: number;
  packetsLost: number;
  jitterMs: number | null;
  roundTripMs: number | null;
}

/**
 * Equipment impairment and robustness against packet loss (ITU-T G.113 Appendix I). A browser conceals lost
 * packets, so G.711 counts as concealed. Opus is not listed there: it is taken as no worse than G.711, and its own
 * concealment as the same.
 */
const codecs: Record<string, { ie: number; bpl: number }> = {
  pcmu: { ie: 0, bpl: 25.1 },
  pcma: { ie: 0, bpl: 25.1 },
  opus: { ie: 0, bpl: 25.1 },
  g722: { ie: 0, bpl: 20 },
  g729: { ie: 11, bpl: 19 },
  ilbc: { ie: 11, bpl: 32 },
};
const unknownCodec = { ie: 0, bpl: 25.1 };
/** Transmission rating of a connection with nothing but the default impairments (G.107 Table 3 and §7.7). */
const bestRating = 93.2;
/** Packetisation, coding and playing together, ms one way; the network comes on top. */
const terminalDelayMs = 40;
/** The jitter buffer holds about twice the jitter. */
const bufferOfJitter = 2;
/** Ratings of 80 and 70: "satisfied", "some users dissatisfied" (G.107 Annex B, Table B.1). */
const goodMos = 4.03;
const fairMos = 3.6;
/** A bad line is told once it was bad for so long without a break, ms. */
const poorAfterMs = 5_000;
/** Longer spans say nothing about a moment: the machine slept, or nobody looked. */
const mostSpanMs = 10_000;

/**
 * Mean opinion score, 1 to 4.41, estimated from loss (0 to 1), jitter and round trip (ms): the E-model of ITU-T
 * G.107, R = 93.2 − Id − Ie,eff, with Id simplified after Cole and Rosenbluth (2001) and Ie,eff of §7.5 for random
 * loss. What is not measured counts as none.
 */
export function estimateMos(of: {
  codec: string | null;
  loss: number;
  jitterMs: number | null;
  roundTripMs: number | null;
}): number {
  const delayMs = terminalDelayMs + (of.roundTripMs ?? 0) / 2 + bufferOfJitter * (of.jitterMs ?? 0);
  const late = Math.max(0, delayMs - 177.3);
  const delayImpairment = 0.024 * delayMs + 0.11 * late;
  const { ie, bpl } = codecs[codecName(of.codec)] ?? unknownCodec;
  const lossPercent = 100 * Math.min(1, Math.max(0, of.loss));
  const equipmentImpairment = ie + ((95 - ie) * lossPercent) / (lossPercent + bpl);
  return mosOfRating(bestRating - delayImpairment - equipmentImpairment);
}

/** G.107 Annex B; below a rating of some 6.5 the polynomial falls under 1, which no opinion does. */
function mosOfRating(rating: number): number {
  const r = Math.min(100, Math.max(0, rating));
  return Math.max(1, 1 + 0.035 * r + r * (r - 60) * (100 - r) * 7e-6);
}

function codecName(codec: string | null): string {
  return (codec ?? '').toLowerCase().replace(/^audio\//u, '');
}

export function levelOfMos(mos: number): CallQuality['level'] {
  if (mos >= goodMos) return 'good';
  return mos >= fairMos ? 'fair' : 'poor';
}

/** What is known of a call's audio so far; begins as `noQuality`, grows by `withSample`. */
export interface QualityCourse {
  /** Newest measurement; null before the first. */
  now: CallQuality | null;
  /** Since when the level is poor without a break, ms UTC; null while it is not. */
  poorFrom: number | null;
  at: number | null;
  samples: number;
  mosSum: number;
  lowestMos: number | null;
  packetsReceived: number;
  packetsLost: number;
  poorMs: number;
  jitterSumMs: number;
  jitterSamples: number;
  roundTripSumMs: number;
  roundTripSamples: number;
  codec: string | null;
}

export const noQuality: QualityCourse = {
  now: null,
  poorFrom: null,
  at: null,
  samples: 0,
  mosSum: 0,
  lowestMos: null,
  packetsReceived: 0,
  packetsLost: 0,
  poorMs: 0,
  jitterSumMs: 0,
  jitterSamples: 0,
  roundTripSumMs: 0,
  roundTripSamples: 0,
  codec: null,
};

/**
 * The course after another look at `at` (ms UTC) that covers `spanMs`. Nothing received at all counts as everything
 * lost. The level is poor "since" only once it was so for 5 s without a break.
 */
export function withSample(
  course: QualityCourse,
  sample: AudioSample,
  at: number,
  spanMs: number,
): QualityCourse {
  const expected = sample.packetsReceived + sample.packetsLost;
  const loss = expected > 0 ? sample.packetsLost / expected : 1;
  const mos = estimateMos({ ...sample, loss });
  const level = levelOfMos(mos);
  const span = Math.min(mostSpanMs, Math.max(0, spanMs));
  const poorFrom = level === 'poor' ? (course.poorFrom ?? at - span) : null;
  const poorSince = poorFrom !== null && at - poorFrom >= poorAfterMs ? poorFrom : null;
  const { jitterMs, roundTripMs } = sample;
  return {
    now: { level, mos, loss, jitterMs, roundTripMs, poorSince },
    poorFrom,
    at,
    samples: course.samples + 1,
    mosSum: course.mosSum + mos,
    lowestMos: Math.min(course.lowestMos ?? mos, mos),
    packetsReceived: course.packetsReceived + sample.packetsReceived,
    packetsLost: course.packetsLost + sample.packetsLost,
    poorMs: course.poorMs + (level === 'poor' ? span : 0),
    jitterSumMs: course.jitterSumMs + (jitterMs ?? 0),
    jitterSamples: course.jitterSamples + (jitterMs === null ? 0 : 1),
    roundTripSumMs: course.roundTripSumMs + (roundTripMs ?? 0),
    roundTripSamples: course.roundTripSamples + (roundTripMs === null ? 0 : 1),
    codec: sample.codec ?? course.codec,
  };
}

/** Nobody measures for a while (hold, repair): what comes after does not go on with what was poor before. */
export function interrupted(course: QualityCourse): QualityCourse {
  if (course.now === null && course.poorFrom === null) return course;
  return { ...course, now: course.now && { ...course.now, poorSince: null }, poorFrom: null };
}

/**
 * As it is shown: one decimal of the score, whole per cents, steps of 5 ms. A value that moved no more than one such
 * step from what is shown already stays as it is shown, so that it does not flicker.
 */
export function shownQuality(quality: CallQuality, shown: CallQuality | null): CallQuality {
  const delay = (ms: number | null, was: number | null = null): number | null =>
    ms === null ? null : steady(ms, was, 5);
  const isSameLevel = quality.level === shown?.level;
  return {
    level: quality.level,
    mos: isSameLevel ? steady(quality.mos, shown.mos, 0.1) : inSteps(quality.mos, 0.1),
    loss: steady(quality.loss, shown?.loss ?? null, 0.01),
    jitterMs: delay(quality.jitterMs, shown?.jitterMs),
    roundTripMs: delay(quality.roundTripMs, shown?.roundTripMs),
    poorSince: quality.poorSince,
  };
}

function steady(value: number, shown: number | null, step: number): number {
  if (shown === null || value === 0) return inSteps(value, step);
  return Math.abs(value - shown) <= 1.5 * step ? shown : inSteps(value, step);
}

function inSteps(value: number, step: number): number {
  return Math.round(Math.round(value / step) * step * 100) / 100;
}

export function isSameQuality(one: CallQuality | null, other: CallQuality | null): boolean {
  if (one === null || other === null) return one === other;
  return (
    one.level === other.level &&
    one.mos === other.mos &&
    one.loss === other.loss &&
    one.jitterMs === other.jitterMs &&
    one.roundTripMs === other.roundTripMs &&
    one.poorSince === other.poorSince
  );
}

/** What is kept of a call's audio: averages over its looks, counts over its time. `path` as in the report. */
export function audioReport(
  course: QualityCourse,
  path: string | null,
): Omit<CallReport, 'states'> {
  const { samples, lowestMos } = course;
  return {
    codec: course.codec,
    path,
    mos:
      lowestMos === null
        ? null
        : { average: rounded(course.mosSum / samples), lowest: rounded(lowestMos) },
    packetsReceived: course.packetsReceived,
    packetsLost: course.packetsLost,
    jitterMs: average(course.jitterSumMs, course.jitterSamples),
    roundTripMs: average(course.roundTripSumMs, course.roundTripSamples),
    poorMs: course.poorMs,
  };
}

function average(sum: number, count: number): number | null {
  return count === 0 ? null : Math.round(sum / count);
}

function rounded(mos: number): number {
  return Math.round(mos * 100) / 100;
}
