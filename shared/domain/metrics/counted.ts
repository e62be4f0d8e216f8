import type { CallEvent, EventSource } from './callEvents.ts';

type OfCall = Exclude<CallEvent, { name: 'agent.state' }>;

/** The PBX where it told anything of the call, else the desks. */
export function sourceOf(events: Iterable<CallEvent>): EventSource {
  for (const event of events) if (event.source === 'pbx') return 'pbx';
  return 'desk';
}

/** What no PBX knows. */
const knownByDesks: ReadonlySet<CallEvent['name']> = new Set(['agent.wrappedUp', 'agent.internal']);

/**
 * Those of the events of one call that count. Where the PBX told of it, of the desks' only what no PBX knows. Where
 * only desks told, a caller whom nobody answered and who rings at no desk any more is gone, and nobody can say how.
 */
export function countedEvents(events: readonly OfCall[]): OfCall[] {
  if (sourceOf(events) === 'pbx') {
    return events.filter(({ source, name }) => source === 'pbx' || knownByDesks.has(name));
  }
  return [...events, ...unseenEnds(events)];
}

function unseenEnds(events: readonly OfCall[]): OfCall[] {
  const queues = new Map<string, OfCall[]>();
  for (const event of events) {
    const queueId = 'queueId' in event ? event.queueId : null;
    if (queueId !== null) queues.set(queueId, [...(queues.get(queueId) ?? []), event]);
  }
  return [...queues].flatMap(([queueId, told]) => {
    const last = lastEnd(told);
    if (last === null) return [];
    const { id, at, callRef } = last;
    const left = { at, callRef, queueId, source: 'desk', how: 'unseen' } as const;
    return [{ name: 'queue.left' as const, id: `${id} left`, ...left }];
  });
}

/** Where nobody is rung any more, the end of the last offer; null where it rings, or something came of it. */
function lastEnd(told: readonly OfCall[]): OfCall | null {
  const named = (name: OfCall['name']) => told.filter((event) => event.name === name);
  const ends = named('agent.notAnswered');
  const answers = named('agent.answered');
  if (named('agent.offered').length > ends.length + answers.length) return null;
  const last = ends.reduce<OfCall | null>((a, b) => (a && !isBefore(a, b) ? a : b), null);
  if (!last || answers.some(({ at }) => at >= last.at)) return null;
  return named('queue.left').some(({ at }) => at >= last.at) ? null : last;
}

function isBefore(a: OfCall, b: OfCall): boolean {
  return a.at < b.at || (a.at === b.at && a.id < b.id);
}
