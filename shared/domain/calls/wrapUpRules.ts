import { type WrapUpRules, wrapUpDemands } from '../settings/wrapUps.ts';
import { missingInWrapUp, type WrapUp, type WrapUpResult } from './call.ts';

export type WrapUpDemand = (typeof wrapUpDemands)[number];

/** Fields of a wrap-up that may be missing, in the order of the form. */
export const wrapUpGaps = ['dispositionId', 'result', 'followUpAt', ...wrapUpDemands] as const;
export type WrapUpGap = (typeof wrapUpGaps)[number];

/** What a wrap-up of this queue needs beside disposition and result. */
export function demandsOf(rules: WrapUpRules, queueId: string | null): readonly WrapUpDemand[] {
  const own = queueId === null ? undefined : rules.demands[queueId];
  return own ?? rules.demands['*'] ?? [];
}

export interface WrapUpFilled {
  dispositionId: string | null;
  result: WrapUpResult | null;
  followUpAt: number | null;
  notes: string;
  tags: readonly string[];
  /** Of the call, or chosen in the form. */
  customerId: string | null;
  ticketIds: readonly string[];
}

const filled: Record<WrapUpDemand, (wrapUp: WrapUpFilled) => boolean> = {
  notes: ({ notes }) => notes.trim() !== '',
  tags: ({ tags }) => tags.length > 0,
  customer: ({ customerId }) => customerId !== null,
  ticket: ({ ticketIds }) => ticketIds.length > 0,
};

/** What is still missing before a wrap-up can be finished. The desk enforces it; the server takes what comes. */
export function missingOf(wrapUp: WrapUpFilled, demands: readonly WrapUpDemand[]): WrapUpGap[] {
  return [...missingInWrapUp(wrapUp), ...demands.filter((demand) => !filled[demand](wrapUp))];
}

/** Until when a saved wrap-up may be changed by its author, ms UTC. */
export function editableUntil(
  { savedAt }: Pick<WrapUp, 'savedAt'>,
  { editMinutes }: WrapUpRules,
): number {
  return savedAt + editMinutes * 60_000;
}

/** Null: this user may change the wrap-up at `at`. The author alone, and only for a time. */
export function editRefusal(
  wrapUp: Pick<WrapUp, 'savedAt' | 'agentId' | 'edits'>,
  by: { userId: string; at: number },
  rules: WrapUpRules,
): 'not-yours' | 'too-late' | 'too-often' | null {
  if (wrapUp.agentId !== by.userId) return 'not-yours';
  if (by.at > editableUntil(wrapUp, rules)) return 'too-late';
  return wrapUp.edits.length >= mostEdits ? 'too-often' : null;
}

/** As many changes as a wrap-up keeps. */
export const mostEdits = 50;

/** Fields whose change is an edit of a saved wrap-up. */
export const editedFields = [
  'dispositionId',
  'result',
  'notes',
  'followUpAt',
  'tags',
  'ticketIds',
] as const satisfies readonly (keyof WrapUp)[];
