import { practiceAgents } from '../practiceUsers.ts';
import { mix } from '../random.ts';
import type { AgentPlan, CallCentre, QueuePlan } from './centre.ts';
import { expectedOn } from './demand.ts';
import { shiftsNeeded } from './shifts.ts';

function queue(
  id: string,
  share: number,
  [talkSeconds, afterCallSeconds, patienceSeconds]: readonly [number, number, number],
  more: Partial<QueuePlan> = {},
): QueuePlan {
  return {
    ...{ id, share, group: 0, tilt: 'even', overflow: null },
    ...{ talkMs: talkSeconds * 1000, afterCallMs: afterCallSeconds * 1000 },
    patienceMs: patienceSeconds * 1000,
    ...more,
  };
}

/** The practice call centre: ten agents, a few of them on duty at a time. */
export const practiceCentre: CallCentre = {
  queues: [
    queue('support', 50, [190, 38, 120], { tilt: 'morning' }),
    queue('orders', 28, [140, 24, 90], { overflow: { afterMs: 35_000, to: 'support' } }),
    queue('sales', 17, [210, 30, 75], {
      tilt: 'evening',
      overflow: { afterMs: 30_000, to: 'orders' },
    }),
    queue('urgent', 5, [160, 55, 150], { overflow: { afterMs: 25_000, to: 'support' } }),
  ],
  agents: practiceAgents.map(({ id, queueIds }) => ({
    ...{ id, group: 0, queueIds },
    pace: paceOf(Number(id.slice(-4))),
  })),
  usualCalls: 190,
  leastOnDuty: 4,
};

const queuesInGroup = 5;

/** A centre that takes so many calls on a usual day, with as many agents as it needs. */
export function largeCentre(usualCalls: number, queueCount = 20): CallCentre {
  const queues = Array.from({ length: queueCount }, (_, index) => {
    const group = Math.floor(index / queuesInGroup);
    const draw = (salt: number) => (mix(index * 31 + salt) % 1000) / 1000;
    return queue(
      queueIdOf(index),
      // Some queues are large, most are small.
      Math.round(300 / (1 + (index % queuesInGroup) * 0.8)),
      [120 + 120 * draw(1), 18 + 40 * draw(2), 80 + 70 * draw(3)],
      {
        group,
        tilt: (['morning', 'even', 'evening'] as const)[index % 3] ?? 'even',
        overflow:
          index % queuesInGroup === 0
            ? null
            : { afterMs: 100_000, to: queueIdOf(group * queuesInGroup) },
      },
    );
  });
  const centre = { queues, agents: [], usualCalls, leastOnDuty: 3 };
  return { ...centre, agents: agentsFor(centre) };
}

function queueIdOf(index: number): string {
  return `queue-${String(index + 1).padStart(2, '0')}`;
}

/** As many as a Monday needs, and a few who are away. */
function agentsFor(centre: CallCentre): AgentPlan[] {
  const groups = [...new Set(centre.queues.map(({ group }) => group))];
  let made = 0;
  return groups.flatMap((group) => {
    const own = centre.queues.filter((one) => one.group === group).map(({ id }) => id);
    const needed = shiftsNeeded(centre, group, expectedOn(busyMonday)).length;
    return Array.from({ length: Math.ceil(needed * 1.25) + 1 }, (_, index): AgentPlan => {
      made += 1;
      const several = own.filter((_, place) => place === 0 || (index + place) % 3 !== 0);
      return { id: agentIdOf(made), group, queueIds: several, pace: paceOf(made) };
    });
  });
}

/** 2026-03-02. */
const busyMonday = 20_514;

/** UUIDv7 of 2026-01-01, beside those of the practice users. */
function agentIdOf(number: number): string {
  return `019b76da-a800-7000-8000-${String(1_000_000 + number).padStart(12, '0')}`;
}

function paceOf(number: number): number {
  return 0.82 + (mix(number) % 400) / 1000;
}
