import type { BoardAgent } from '#shared/sync/board.ts';

/** Who could take calls of a queue in a moment, those first who have rested longest. */
export interface QueueHelpers {
  /** Ready, and not offered calls of this queue. */
  elsewhere: BoardAgent[];
  /** Of this queue, on a break. */
  onBreak: BoardAgent[];
}

export function helpersFor(
  agents: Iterable<BoardAgent>,
  { queueId, me }: { queueId: string; me: string | undefined },
): QueueHelpers {
  // Without an extension there is nothing to offer a call to.
  const others = [...agents].filter(
    ({ agentId, extension }) => agentId !== me && extension !== null,
  );
  const longestFirst = (a: BoardAgent, b: BoardAgent) => a.since - b.since;
  const isOf = ({ queueIds }: BoardAgent) => queueIds.includes(queueId);
  return {
    elsewhere: others.filter((agent) => agent.state === 'ready' && !isOf(agent)).sort(longestFirst),
    onBreak: others.filter((agent) => agent.state === 'break' && isOf(agent)).sort(longestFirst),
  };
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
