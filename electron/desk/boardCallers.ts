import type { BoardCall } from '#shared/sync/board.ts';
import { type CallerSources, knownCaller } from './callers.ts';

/** Callers on the board: the number as people read it, and whose it is among the customers this user may see. */
export interface BoardCallers {
  named(call: BoardCall): BoardCall;
  /** Customers, or their numbers, have changed. */
  forget(): void;
}

type Known = Pick<BoardCall, 'caller' | 'who'>;

/** Numbers whose readings are kept: each is looked up once, not with every change of its call. */
const mostKept = 2_000;

export function createBoardCallers(sources: CallerSources): BoardCallers {
  const kept = new Map<string, Known>();

  function read(number: string): Known {
    const { display, who } = knownCaller(number, sources);
    return { caller: display, ...(who && { who }) };
  }

  return {
    named({ who: _, ...call }) {
      if (call.caller === null) return call;
      const known = kept.get(call.caller) ?? read(call.caller);
      if (kept.size >= mostKept) kept.clear();
      kept.set(call.caller, known);
      return { ...call, ...known };
    },
    forget: () => kept.clear(),
  };
}
