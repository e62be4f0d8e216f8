import type { WebhookTargets } from './targets.ts';

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

export interface WebhookPolicy {
  targets: WebhookTargets;
  /** For one attempt, from the look-up of the name to the end of the answer. */
  timeoutMs: number;
  /** Pauses before the second, third … attempt, each a fifth shorter or longer; after the last one it is dead. */
  retryMs: readonly number[];
  /** The longest rest of a receiver that takes nothing; what is due meanwhile waits. */
  maxPauseMs: number;
  /** A receiver that took nothing for so long is stopped. */
  stopAfterMs: number;
  /** How long the old secret goes on counting when a new one is made. */
  previousSecretMs: number;
  deliveredKeptMs: number;
  deadKeptMs: number;
}

/** The pauses of the Standard Webhooks specification: three days and a few hours. */
export const defaultWebhookPolicy: WebhookPolicy = {
  targets: 'public',
  timeoutMs: 10 * secondMs,
  retryMs: [
    5 * secondMs,
    5 * minuteMs,
    30 * minuteMs,
    2 * hourMs,
    5 * hourMs,
    10 * hourMs,
    14 * hourMs,
    20 * hourMs,
    24 * hourMs,
  ],
  maxPauseMs: 5 * minuteMs,
  stopAfterMs: 3 * dayMs,
  previousSecretMs: dayMs,
  deliveredKeptMs: 7 * dayMs,
  deadKeptMs: 90 * dayMs,
};
