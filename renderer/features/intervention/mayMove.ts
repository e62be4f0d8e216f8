import { type Colleague, mayIntervene } from '#shared/domain/intervention/mayIntervene.ts';
import type { BoardAgent } from '#shared/sync/board.ts';

/** Whether this user may set the state and the queues of somebody on the board; nobody may of oneself. */
export function mayMove(me: Colleague | null, { agentId, role, teamId }: BoardAgent): boolean {
  return me !== null && mayIntervene(me, { id: agentId, role, teamId });
}
