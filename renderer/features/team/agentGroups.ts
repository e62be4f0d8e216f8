import type { TeamView } from '#shared/contract/models.ts';
import type { AgentStateName } from '#shared/domain/agents/agentState.ts';

export type TeamAgent = TeamView['agents'][number];

export interface AgentGroup {
  state: AgentStateName;
  agents: TeamAgent[];
}

/** Busy states first, as a supervisor looks for them. */
const order: readonly AgentStateName[] = [
  'onCall',
  'ringing',
  'wrapUp',
  'ready',
  'break',
  'signedOut',
];

/** Agents by state, the longest in it first; states without agents are left out. */
export function groupAgents(agents: readonly TeamAgent[]): AgentGroup[] {
  return order.flatMap((state) => {
    const inState = agents.filter((agent) => agent.state === state);
    inState.sort((a, b) => a.since - b.since || a.name.localeCompare(b.name));
    return inState.length > 0 ? [{ state, agents: inState }] : [];
  });
}

const minuteMs = 60_000;

/** From this time in a state on the tile asks for attention, ms; states without a limit never do. */
const limitMs: Partial<Record<AgentStateName, number>> = {
  onCall: 20 * minuteMs,
  wrapUp: 4 * minuteMs,
  break: 30 * minuteMs,
};

/** The limit an agent has passed in his state, in minutes; null while within it. */
export function minutesOver(agent: TeamAgent, now: number): number | null {
  const limit = limitMs[agent.state];
  return limit !== undefined && now - agent.since > limit ? limit / minuteMs : null;
}
