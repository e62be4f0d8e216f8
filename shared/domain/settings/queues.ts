import { isLineName } from '../calls/dialable.ts';
import type { Queue } from '../configuration.ts';
import { type Finding, findingsOfName } from './findings.ts';

/** How long after-call work may last before the form is parked, ms. */
export const leastAfterCallMs = 5_000;
export const mostAfterCallMs = 3_600_000;
export const mostQueues = 500;

/** Queues that can be chosen for something new; a retired one stays where it is `chosen` already. */
export function offeredQueues(queues: readonly Queue[], chosen: readonly string[] = []): Queue[] {
  return queues.filter(({ id, retired }) => !retired || chosen.includes(id));
}

/** Queues to look at the past by: those in use first, then the retired ones. */
export function queuesOfThePast(queues: readonly Queue[]): Queue[] {
  return queues.toSorted((a, b) => Number(a.retired ?? false) - Number(b.retired ?? false));
}

/**
 * A queue that was saved once stays: calls, records and accounts name it by its id, and it is their only way to its
 * name. Whoever leaves it out, also by an earlier version or by another id, retires it.
 */
export function withFormerQueues(next: readonly Queue[], before: readonly Queue[]): Queue[] {
  const left = before.filter(({ id }) => !next.some((queue) => queue.id === id));
  return [...next, ...left.map((queue) => ({ ...queue, retired: true }))];
}

/** Asterisk looks for its queues without regard to case. */
const keyOf = (id: string) => id.toLowerCase();

export function findingsOfQueues(queues: readonly Queue[]): Finding[] {
  const counts = new Map<string, number>();
  for (const { id } of queues) counts.set(keyOf(id), (counts.get(keyOf(id)) ?? 0) + 1);
  return queues.flatMap(({ id, name, afterCallMs }, at): Finding[] => {
    const path = `queues.${at}`;
    const found = findingsOfName(name, `${path}.name`, id);
    if (id === '') found.push({ path: `${path}.id`, flaw: 'missing', of: id });
    else if (!isLineName(id)) found.push({ path: `${path}.id`, flaw: 'form', of: id });
    else if ((counts.get(keyOf(id)) ?? 0) > 1) {
      found.push({ path: `${path}.id`, flaw: 'twice', of: id });
    }
    if (afterCallMs < leastAfterCallMs || afterCallMs > mostAfterCallMs) {
      found.push({ path: `${path}.afterCallMs`, flaw: 'range', of: id });
    }
    return found;
  });
}
