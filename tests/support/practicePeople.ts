import { practiceSize } from '#electron/centre/practiceCentre.ts';
import { type PracticeCaller, practiceCallers } from '#shared/sample/callers.ts';

const callers = practiceCallers(practiceSize);

/** A caller of the practice data of the given kind. */
export function callerOf(kind: PracticeCaller['kind']): PracticeCaller {
  const caller = callers.find((one) => one.kind === kind);
  if (!caller) throw new Error(`the practice data has no ${kind} caller`);
  return caller;
}
