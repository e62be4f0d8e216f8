import type { AgentStateName } from '../agents/agentState.ts';

/** What is known of an agent who may help a queue. */
export interface PossibleHand {
  state: AgentStateName;
  /** Queues that offer calls to this agent. */
  queueIds: readonly string[];
  /** Null: there is nothing to offer a call to. */
  extension: string | null;
}

/** What it takes that an agent answers calls of a queue, in the order in which it is done. */
export type HandStep = 'add' | 'ready';

/**
 * What it takes that this agent takes calls of the queue: `add` it to the agent's queues, set the agent `ready`, or
 * both. Null where nobody has to be asked: who takes its calls already, or will after the call or wrap-up of the
 * moment; and where there is nobody to ask: signed out, or without an extension.
 */
export function stepsToHelp(agent: PossibleHand, queueId: string): readonly HandStep[] | null {
  if (agent.extension === null || agent.state === 'signedOut') return null;
  const steps: HandStep[] = [];
  if (!agent.queueIds.includes(queueId)) steps.push('add');
  if (agent.state === 'break') steps.push('ready');
  return steps.length === 0 ? null : steps;
}
