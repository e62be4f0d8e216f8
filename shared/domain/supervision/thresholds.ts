import type { AgentStateName } from '../agents/agentState.ts';
import {
  agentMeasures,
  type BoardMeasure,
  queueMeasures,
  type SupervisionRules,
  type Threshold,
} from '../settings/supervision.ts';

/** What a queue shows now. Times in ms, shares 0..1; null where there is nothing to measure. */
export interface QueueNow {
  queueId: string;
  waiting: number;
  longestWaitMs: number | null;
  serviceLevel: number | null;
  abandonRate: number | null;
  readyAgents: number;
}

export interface AgentNow {
  agentId: string;
  state: AgentStateName;
  /** When the state began, ms UTC. */
  since: number;
  /** Queues that offer calls to this agent. */
  queueIds: readonly string[];
}

const alertLevels = ['warn', 'alarm'] as const;
export type AlertLevel = (typeof alertLevels)[number];

/** A queue or an agent that is over a threshold. */
export interface Finding {
  /** The same for as long as it is the same thing and the same measure. */
  id: string;
  subject: { queueId: string } | { agentId: string };
  measure: BoardMeasure;
  level: AlertLevel;
  /** What was measured: a number, ms or a share, as the measure has it. */
  value: number;
  /** The limit that was passed. */
  limit: number;
  sound: boolean;
  notify: boolean;
}

type QueueMeasure = (typeof queueMeasures)[number];
type AgentMeasure = (typeof agentMeasures)[number];

const measured: Record<QueueMeasure, (queue: QueueNow) => number | null> = {
  waiting: ({ waiting }) => waiting,
  longestWait: ({ longestWaitMs }) => longestWaitMs,
  serviceLevel: ({ serviceLevel }) => serviceLevel,
  abandonRate: ({ abandonRate }) => abandonRate,
  readyAgents: ({ readyAgents }) => readyAgents,
};

/**
 * Whether a value has passed a limit. Numbers of calls, times and the abandon rate pass it by reaching it; a service
 * level passes it by falling below it, for a level that is reached is on target; ready agents pass it by being so few.
 */
function isPassed(measure: BoardMeasure, value: number, limit: number): boolean {
  if (measure === 'serviceLevel') return value < limit;
  if (measure === 'readyAgents') return value <= limit;
  return value >= limit;
}

/** How bad a value is by a threshold; null: it is within. */
export function levelOf(
  { measure, warn, alarm }: Pick<Threshold, 'measure' | 'warn' | 'alarm'>,
  value: number,
): AlertLevel | null {
  if (isPassed(measure, value, alarm)) return 'alarm';
  return isPassed(measure, value, warn) ? 'warn' : null;
}

/** The threshold of a measure for one queue: its own before the one of all queues. */
function thresholdFor(
  thresholds: readonly Threshold[],
  measure: BoardMeasure,
  queueIds: readonly string[],
): Threshold | null {
  const ofMeasure = thresholds.filter((one) => one.measure === measure);
  const own = ofMeasure.find(({ queueId }) => queueId !== null && queueIds.includes(queueId));
  return own ?? ofMeasure.find(({ queueId }) => queueId === null) ?? null;
}

function findingOf(
  threshold: Threshold | null,
  subject: Finding['subject'],
  value: number | null,
): Finding | null {
  if (!threshold || value === null) return null;
  const level = levelOf(threshold, value);
  if (level === null) return null;
  const { measure, warn, alarm, sound, notify } = threshold;
  const who = 'queueId' in subject ? `queue:${subject.queueId}` : `agent:${subject.agentId}`;
  const limit = level === 'alarm' ? alarm : warn;
  return { id: `${who}:${measure}`, subject, measure, level, value, limit, sound, notify };
}

/** The one judgement of the board: everything over a threshold at a moment (`now`, ms UTC). */
export function judgeBoard(
  { thresholds }: Pick<SupervisionRules, 'thresholds'>,
  { queues, agents }: { queues: Iterable<QueueNow>; agents: Iterable<AgentNow> },
  now: number,
): Finding[] {
  const findings: (Finding | null)[] = [];
  const watched = new Set(thresholds.map(({ measure }) => measure));
  for (const queue of queues) {
    const { queueId } = queue;
    for (const measure of queueMeasures) {
      if (!watched.has(measure)) continue;
      const threshold = thresholdFor(thresholds, measure, [queueId]);
      findings.push(findingOf(threshold, { queueId }, measured[measure](queue)));
    }
  }
  for (const { agentId, state, since, queueIds } of agents) {
    const measure = agentMeasures.find((one): one is AgentMeasure => one === state);
    if (!measure || !watched.has(measure)) continue;
    const threshold = thresholdFor(thresholds, measure, queueIds);
    findings.push(findingOf(threshold, { agentId }, now - since));
  }
  return findings.filter((one) => one !== null);
}
