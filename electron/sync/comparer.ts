import type { CacheSync } from '../cache/cache.ts';
import type { Clock, Log } from '../core/providers.ts';
import { compareStep, comparisonDueAt, type StepOutcome } from './comparing.ts';
import type { Transport } from './transport.ts';

/** When which step of the comparison comes: between other work, but not never. */
export interface Comparer {
  /** Looks when the next step is due; `ready` is called then. */
  plan(): void;
  /** A step is due, and comes before other work. */
  isReady(): boolean;
  step(transport: Transport): Promise<StepOutcome>;
  /** The server has no time for it, or is away: it can wait. */
  refused(): void;
  /** All is compared from now on. */
  begin(): void;
  stop(): void;
}

/** Between two steps: whatever else is to be done comes first, ms. */
const betweenStepsMs = 20;
/** Before a step that the server refused is tried again, ms. */
const afterRefusalMs = 5_000;
/** A desk that slept looks again at the clock, ms. */
const longestWaitMs = 3_600_000;

export function createComparer(
  cache: CacheSync,
  options: { clock: Clock; log: Log; random: () => number; ready: () => void },
): Comparer {
  const { clock, log, random, ready } = options;
  /** Null while none is planned; `soon`: for the next step of what is going on. */
  let planned: { cancel: () => void; soon: boolean } | null = null;
  let isReady = false;
  let isComparing = false;
  let wasRefused = false;

  function forget(): void {
    planned?.cancel();
    planned = null;
  }

  function plan(): void {
    const soon = cache.check.progress.place() !== null;
    // What a step comes to decides whether there is another one.
    if (isReady || isComparing || (planned && (planned.soon || !soon))) return;
    const dueAt = comparisonDueAt(cache, clock.now());
    if (dueAt === null) return;
    forget();
    const least = wasRefused ? afterRefusalMs * (1 + random()) : betweenStepsMs;
    const waitMs = Math.max(least, Math.min(dueAt - clock.now(), longestWaitMs));
    planned = { soon, cancel: clock.after(waitMs, look) };
  }

  function look(): void {
    planned = null;
    const dueAt = comparisonDueAt(cache, clock.now());
    if (dueAt === null || dueAt > clock.now()) {
      plan();
      return;
    }
    isReady = true;
    ready();
  }

  return {
    plan,
    isReady: () => isReady,
    async step(transport) {
      isReady = false;
      isComparing = true;
      try {
        const outcome = await compareStep(cache, transport, { now: clock.now(), log });
        wasRefused = false;
        return outcome;
      } finally {
        isComparing = false;
      }
    },
    refused() {
      wasRefused = true;
    },
    begin() {
      wasRefused = false;
      cache.check.progress.begin();
      forget();
      plan();
    },
    stop() {
      forget();
      isReady = false;
    },
  };
}
