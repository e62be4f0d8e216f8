import type { JournalEntry } from '#shared/contract/models/records.ts';
import { daysAgo } from '../../i18n/format.ts';

export interface DayFacts {
  calls: number;
  missed: number;
  talkMs: number;
  /** Mean talk time of answered calls, ms; null without any. */
  meanTalkMs: number | null;
}

/** This agent's day so far, from the journal. `now` is ms UTC. */
export function dayFacts(entries: readonly JournalEntry[], now: number): DayFacts {
  const today = entries.filter((entry) => daysAgo(entry.at, now) === 0);
  const talks = today.map((entry) => entry.talkMs).filter((talkMs) => talkMs !== null);
  const talkMs = talks.reduce((sum, one) => sum + one, 0);
  return {
    calls: talks.length,
    missed: today.filter((entry) => entry.result === 'missed').length,
    talkMs,
    meanTalkMs: talks.length > 0 ? talkMs / talks.length : null,
  };
}
