import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { SupervisionRules } from '#shared/domain/settings/supervision.ts';
import {
  type Alert,
  type Called,
  calledKey,
  followAlerts,
  worsened,
} from '#shared/domain/supervision/alerts.ts';
import {
  type AlertLevel,
  judgeBoard,
  type QueueNow,
} from '#shared/domain/supervision/thresholds.ts';
import type { QueueFigures } from '../../../store/boardFigures.ts';
import type { Board } from '../../../store/boardState.ts';

/** What is over a threshold now. */
interface AlertState {
  alerts: readonly Alert[];
  /** The worst of each queue (`queue:<id>`) and agent (`agent:<id>`): what colours its tile. */
  worst: ReadonlyMap<string, Alert>;
  called: Called;
}

const nothing: AlertState = {
  alerts: [],
  worst: new Map(),
  called: { toneAt: null, toldAt: new Map() },
};

export const alertStore = createStore<AlertState>(() => nothing);

export function useAlerts(): readonly Alert[] {
  return useStore(alertStore, ({ alerts }) => alerts);
}

/** How bad it stands with a queue or an agent; a tile is painted anew only when this changes. */
export function useLevel(subject: string): AlertLevel | null {
  return useStore(alertStore, ({ worst }) => worst.get(subject)?.level ?? null);
}

/** Of a queue or an agent: which measure is worst. */
export function useWorstMeasure(subject: string): Alert['measure'] | null {
  return useStore(alertStore, ({ worst }) => worst.get(subject)?.measure ?? null);
}

function queueNow(
  { queueId, waiting, waitingSince, rates, ready }: QueueFigures,
  now: number,
): QueueNow {
  return {
    ...{ queueId, waiting, readyAgents: ready },
    longestWaitMs: waitingSince === null ? null : now - waitingSince,
    serviceLevel: rates.serviceLevel,
    abandonRate: rates.abandonRate,
  };
}

export function subjectOf({ subject }: Alert): string {
  return 'queueId' in subject ? `queue:${subject.queueId}` : `agent:${subject.agentId}`;
}

/** Judges the board as it is now (`now`: the server's time, ms UTC). Returns what has become worse. */
export function judgeNow(rules: SupervisionRules, board: Board, now: number): Alert[] {
  const queues = [...board.figures.values()].map((figures) => queueNow(figures, now));
  const findings = judgeBoard(rules, { queues, agents: board.agents.values() }, now);
  const before = alertStore.getState().alerts;
  if (before.length === 0 && findings.length === 0) return [];
  const alerts = followAlerts(before, findings, now);
  const worst = new Map<string, Alert>();
  // Alarms come first, so that the first of a thing is the worst of it.
  for (const alert of alerts) {
    const subject = subjectOf(alert);
    if (!worst.has(subject)) worst.set(subject, alert);
  }
  alertStore.setState({ alerts, worst });
  return worsened(before, alerts);
}

export function toneSounded(at: number): void {
  alertStore.setState(({ called }) => ({ called: { ...called, toneAt: at } }));
}

export function wasTold(alerts: readonly Alert[], at: number): void {
  alertStore.setState(({ called }) => {
    const toldAt = new Map(called.toldAt);
    for (const alert of alerts) toldAt.set(calledKey(alert), at);
    return { called: { ...called, toldAt } };
  });
}

/** Nothing is watched any more. */
export function forgetAlerts(): void {
  alertStore.setState({ alerts: nothing.alerts, worst: nothing.worst });
}
