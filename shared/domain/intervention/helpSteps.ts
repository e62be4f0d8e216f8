import { mayDo, type Role } from '../permissions.ts';
import { type HelpRequest, isClosed } from './helpRequest.ts';

/** Why a change of a request for help cannot be. `conflict`: somebody else has answered it. */
export type HelpRefusal = 'forbidden' | 'state-not-allowed' | 'conflict';

type Change = { [K in keyof HelpRequest]?: unknown };

const ofAnswer = ['answer', 'answeredById', 'answeredByName', 'answeredAt'] as const;
const ofAgent: ReadonlySet<string> = new Set(['state', 'closedAt', 'note']);
const ofHelper: ReadonlySet<string> = new Set(['state', 'closedAt', ...ofAnswer]);

/** May somebody ask for help like this? The agent, for oneself, and nobody has answered yet. */
export function refusalOfNewHelp(actor: { id: string }, asked: HelpRequest): HelpRefusal | null {
  if (asked.agentId !== actor.id) return 'forbidden';
  const untouched = ofAnswer.every((name) => asked[name] === null) && asked.closedAt === null;
  return asked.state === 'open' && untouched ? null : 'state-not-allowed';
}

/**
 * May this be changed of a request? The agent withdraws or ends it; who may send messages answers it, the first one
 * alone, and ends it. What is closed stays closed.
 */
export function refusalOfHelpChange(
  actor: { id: string; role: Role },
  held: HelpRequest,
  change: Change,
): HelpRefusal | null {
  const isAgent = held.agentId === actor.id;
  if (!isAgent && !mayDo(actor.role, 'messages.send')) return 'forbidden';
  const mine = isAgent ? ofAgent : ofHelper;
  if (Object.keys(change).some((name) => name in held && !mine.has(name))) return 'forbidden';
  if (change.state === undefined) return isClosed(held) ? 'state-not-allowed' : null;
  const closes = change.state === 'withdrawn' || change.state === 'over';
  // Both may end it at once: it is ended.
  if (isClosed(held)) return closes ? null : 'state-not-allowed';
  if (isAgent) return closes ? null : 'state-not-allowed';
  if (change.state === 'over') return null;
  if (change.state !== 'answered') return 'state-not-allowed';
  if (change.answeredById !== actor.id) return 'forbidden';
  return held.answeredById === null || held.answeredById === actor.id ? null : 'conflict';
}
