import type { InputOf } from '#shared/contract/contract.ts';
import type { AgentView } from '#shared/contract/models/desk.ts';

type Rest = InputOf<'wrapUps.finish'>['rest'];

/** Where the agent goes after the wrap-up: what was chosen during the call, otherwise ready. */
export function plannedRest(agent: AgentView): Rest {
  if (agent.next?.state !== 'break') return { state: 'ready' };
  return { state: 'break', reason: agent.next.reason ?? 'rest' };
}

/** The break that "finish, take a break" means. */
export function breakAfter(agent: AgentView): Rest {
  return { state: 'break', reason: agent.next?.reason ?? 'rest' };
}

/** A wrap-up out of the backlog leaves the agent in the state it was finished in. */
export function restToKeep(agent: AgentView): Rest {
  if (agent.state === 'break') return { state: 'break', reason: agent.reason ?? 'rest' };
  return plannedRest(agent);
}
