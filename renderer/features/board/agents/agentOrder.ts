import type { AgentStateName } from '#shared/domain/agents/agentState.ts';
import type { BoardAgent } from '#shared/sync/board.ts';

export const arrangements = ['state', 'team', 'time', 'name', 'handled'] as const;
/** How agents stand on the board: in groups by state or team, or in one row of tiles by an order. */
export type Arrangement = (typeof arrangements)[number];

export interface AgentGroup {
  /** Name of the state or of the team; the empty string where there is neither. */
  key: string;
  agents: readonly BoardAgent[];
}

/** Busy states first, as a supervisor looks for them. */
const stateOrder: readonly AgentStateName[] = [
  'onCall',
  'ringing',
  'wrapUp',
  'ready',
  'break',
  'signedOut',
];

export interface AgentFilter {
  teamId: string | null;
  queueId: string | null;
  withSignedOut: boolean;
}

/** Whom the filter leaves. */
export function filterAgents(
  agents: Iterable<BoardAgent>,
  { teamId, queueId, withSignedOut }: AgentFilter,
): BoardAgent[] {
  return [...agents].filter(
    (agent) =>
      (withSignedOut || agent.state !== 'signedOut') &&
      (teamId === null || agent.teamId === teamId) &&
      (queueId === null || agent.queueIds.includes(queueId)),
  );
}

const byName = new Intl.Collator(['zh-CN', 'en'], { numeric: true });

function compareNames(a: BoardAgent, b: BoardAgent): number {
  return byName.compare(a.name, b.name) || a.agentId.localeCompare(b.agentId);
}

const longestFirst = (a: BoardAgent, b: BoardAgent) => a.since - b.since || compareNames(a, b);

const orders: Record<Arrangement, (a: BoardAgent, b: BoardAgent) => number> = {
  state: longestFirst,
  team: longestFirst,
  time: longestFirst,
  name: compareNames,
  handled: (a, b) => b.today.handled - a.today.handled || compareNames(a, b),
};

/** Agents as they stand on the board; groups without agents are left out. */
export function arrangeAgents(agents: readonly BoardAgent[], by: Arrangement): AgentGroup[] {
  const sorted = agents.toSorted(orders[by]);
  if (by === 'state') {
    const groups = Map.groupBy(sorted, ({ state }) => state);
    return stateOrder.flatMap((state) => {
      const inState = groups.get(state);
      return inState ? [{ key: state, agents: inState }] : [];
    });
  }
  if (by === 'team') {
    const groups = [...Map.groupBy(sorted, ({ teamId }) => teamId ?? '')];
    return groups
      .map(([key, inTeam]) => ({ key, agents: inTeam }))
      .sort((a, b) => Number(a.key === '') - Number(b.key === '') || byName.compare(a.key, b.key));
  }
  return sorted.length === 0 ? [] : [{ key: '', agents: sorted }];
}

/** The teams there are, by name. */
export function teamsOf(agents: Iterable<BoardAgent>): string[] {
  const teams = new Set<string>();
  for (const { teamId } of agents) if (teamId !== null) teams.add(teamId);
  return [...teams].sort(byName.compare);
}

/** How many agents are in each state. */
export function countStates(agents: Iterable<BoardAgent>): Record<AgentStateName, number> {
  const counts = { signedOut: 0, break: 0, ready: 0, ringing: 0, onCall: 0, wrapUp: 0 };
  for (const { state } of agents) counts[state] += 1;
  return counts;
}
