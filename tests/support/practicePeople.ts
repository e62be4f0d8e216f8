import { practiceSize } from '#electron/centre/practiceCentre.ts';
import { type PracticeCaller, practiceCallers } from '#shared/sample/callers.ts';

/** Fewer customers than practice mode has: every desk of a test fetches them all. */
export const testSize = { ...practiceSize, customers: 160 };

const hours = { min: 10_000_000, max: 10_000_000 };
/**
 * Callers wait, let it ring and talk until a test lets them go: by themselves they would hang up in the middle of a step
 * on a slow machine.
 */
export const tillLetGo = { ringTimeoutMs: hours.min, talkMs: hours, patienceMs: hours };

const callers = practiceCallers(testSize);

/** A caller of the practice data of the given kind. */
export function callerOf(kind: PracticeCaller['kind']): PracticeCaller {
  const caller = callers.find((one) => one.kind === kind);
  if (!caller) throw new Error(`the practice data has no ${kind} caller`);
  return caller;
}
