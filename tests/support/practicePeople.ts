import { practiceSize } from '#electron/centre/practiceCentre.ts';
import { type PracticeCaller, practiceCallers } from '#shared/sample/callers.ts';

/** Fewer customers than practice mode has: every desk of a test fetches them all. */
export const testSize = { ...practiceSize, customers: 160 };

const callers = practiceCallers(testSize);

/** A caller of the practice data of the given kind. */
export function callerOf(kind: PracticeCaller['kind']): PracticeCaller {
  const caller = callers.find((one) => one.kind === kind);
  if (!caller) throw new Error(`the practice data has no ${kind} caller`);
  return caller;
}
