import type { Colleague } from '#shared/domain/intervention/mayIntervene.ts';
import { type HandStep, stepsToHelp } from '#shared/domain/supervision/queueHands.ts';
import type { BoardAgent } from '#shared/sync/board.ts';
import { mayMove } from '../intervention/mayMove.ts';

/** Somebody who could take calls of a queue, and what that takes. */
export interface Hand {
  agent: BoardAgent;
  steps: readonly HandStep[];
}

/** Who could take calls of a queue, by how soon; in each, who is so longest first. */
export interface QueueHelpers {
  /** Ready, and not offered calls of this queue. */
  elsewhere: Hand[];
  /** On a break: those of this queue, then those of others. */
  onBreak: Hand[];
  /** With calls of other queues, or their wrap-up: free for this one afterwards. */
  busy: Hand[];
}

/** Only those whom `me` may ask: the server refuses the rest. */
export function helpersFor(
  agents: Iterable<BoardAgent>,
  { queueId, me }: { queueId: string; me: Colleague | null },
): QueueHelpers {
  const hands = [...agents].flatMap((agent): Hand[] => {
    const steps = mayMove(me, agent) ? stepsToHelp(agent, queueId) : null;
    return steps === null ? [] : [{ agent, steps }];
  });
  hands.sort((a, b) => a.steps.length - b.steps.length || a.agent.since - b.agent.since);
  const {
    ready = [],
    break: onBreak = [],
    other = [],
  } = Object.groupBy(hands, ({ agent }) =>
    agent.state === 'ready' || agent.state === 'break' ? agent.state : 'other',
  );
  return { elsewhere: ready, onBreak, busy: other };
}

/** The team of all who are signed in and take this queue, where it is one; else null. */
export function oneTeamOf(agents: Iterable<BoardAgent>, queueId: string): string | null {
  const teams = new Set<string | null>();
  for (const { queueIds, state, teamId } of agents) {
    if (state !== 'signedOut' && queueIds.includes(queueId)) teams.add(teamId);
  }
  const [team = null] = teams;
  return teams.size === 1 ? team : null;
}
