import { type HandleSums, noHandles } from './handling.ts';

/**
 * What is counted of agents. `answered` and `transferred` belong to when the caller entered the queue, `answeredHere`
 * to when the agent answered, `ringNoAnswers` to when the ringing ended, all others to when after-call work ended.
 * Everything can be added.
 */
export interface AgentCounts extends HandleSums {
  answered: number;
  transferred: number;
  answeredHere: number;
  ringNoAnswers: number;
}

export const noAgentCounts: AgentCounts = {
  ...noHandles,
  answered: 0,
  transferred: 0,
  answeredHere: 0,
  ringNoAnswers: 0,
};

export function addAgentCounts(a: AgentCounts, b: AgentCounts): AgentCounts {
  const sum = { ...a };
  for (const name of Object.keys(noAgentCounts) as (keyof AgentCounts)[])
    sum[name] = a[name] + b[name];
  return sum;
}
