import { mayDo, type Role } from '../permissions.ts';

/** Whoever acts, or is acted upon. */
export interface Colleague {
  id: string;
  role: Role;
  teamId: string | null;
}

/** Whom somebody reaches: those who watch teams everybody, all others their own team. */
export function reaches(actor: Colleague, target: Colleague): boolean {
  if (mayDo(actor.role, 'team.watch')) return true;
  return actor.teamId !== null && actor.teamId === target.teamId;
}

/**
 * Whether one may set the state of another, sign them out, or change which queues they take: by permission, of those
 * in reach, never of oneself; administrators are moved by administrators alone.
 */
export function mayIntervene(actor: Colleague, target: Colleague): boolean {
  if (!mayDo(actor.role, 'team.manage') || actor.id === target.id) return false;
  if (target.role === 'administrator' && actor.role !== 'administrator') return false;
  return reaches(actor, target);
}

/** Whether one may send messages to another. */
export function maySendTo(actor: Colleague, target: Colleague): boolean {
  return mayDo(actor.role, 'messages.send') && actor.id !== target.id && reaches(actor, target);
}

/**
 * Who is called by a request for help: those who may answer, of the agent's team; where the team has none, all who may.
 */
export function helpersOf<C extends Colleague>(
  agent: Pick<Colleague, 'id' | 'teamId'>,
  people: readonly C[],
): C[] {
  const able = people.filter(({ id, role }) => id !== agent.id && mayDo(role, 'messages.send'));
  const near = able.filter(({ teamId }) => teamId !== null && teamId === agent.teamId);
  return near.length > 0 ? near : able;
}
