import type { DeskCall } from '#shared/contract/models/calls.ts';

const isLive = (call: DeskCall): boolean => call.state !== 'ended';
const isDialled = (call: DeskCall): boolean =>
  call.state === 'dialling' || call.state === 'connecting';

/**
 * The call that has the call bar: who is talked to, whom the agent dials, who is on hold, who rings,
 * then a call in wrap-up. A call that rings never pushes another aside, and of several in the same
 * state the one that had the bar before (`lastId`) keeps it.
 */
export function callInBar(
  calls: readonly DeskCall[],
  lastId: string | null = null,
): DeskCall | null {
  const last = calls.find((call) => call.id === lastId);
  const first = (test: (call: DeskCall) => boolean) =>
    last && test(last) ? last : calls.find(test);
  return (
    first((call) => call.state === 'talking') ??
    first(isDialled) ??
    first((call) => call.state === 'held') ??
    first((call) => call.state === 'ringing') ??
    first((call) => call.wrapUp === 'due') ??
    null
  );
}

/** The live calls beside the one in the bar, in the order in which they came. */
export function othersOf(calls: readonly DeskCall[], active: DeskCall | null): DeskCall[] {
  return calls.filter((call) => isLive(call) && call.id !== active?.id);
}

/** A caller on hold and the colleague who is asked for their sake; null where nobody is asked. */
export function consultOf(
  calls: readonly DeskCall[],
): { caller: DeskCall; colleague: DeskCall } | null {
  for (const colleague of calls) {
    if (colleague.consultFor === null || !isLive(colleague) || colleague.conference) continue;
    const caller = calls.find((call) => call.id === colleague.consultFor && isLive(call));
    if (caller) return { caller, colleague };
  }
  return null;
}

export function conferenceOf(calls: readonly DeskCall[]): DeskCall[] {
  return calls.filter((call) => call.conference && isLive(call));
}

/** Whom the agent talks to after a swap: the next one on hold, round and round. */
export function swapTarget(calls: readonly DeskCall[], active: DeskCall | null): DeskCall | null {
  const at = calls.findIndex((call) => call.id === active?.id);
  const round = [...calls.slice(at + 1), ...calls.slice(0, Math.max(0, at))];
  return round.find((call) => call.state === 'held' && !call.conference) ?? null;
}

/**
 * The call whose card and forms belong on the desk page: a colleague who is asked, or is in the
 * conference, never takes the place of the customer, and one who is rung up has no card at all.
 */
export function subjectOf(calls: readonly DeskCall[], active: DeskCall | null): DeskCall | null {
  if (!active || active.kind === 'customer') return active;
  return calls.find((call) => call.id === active.consultFor) ?? null;
}
