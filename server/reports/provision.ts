import type { ReportResult } from '#shared/sync/reports.ts';
import { provisionalIn } from '../store/reports/provisional.ts';
import type { Frame } from './frame.ts';

type Provisional = NonNullable<ReportResult['provisional']>;

/** Of figures about calls: until the range is over, nobody waits or works on a call, and every desk has told all. */
export async function callProvision(frame: Frame): Promise<ReportResult['provisional']> {
  const { db, range, now, names } = frame;
  const open = await provisionalIn(db, range, now);
  const reasons: Provisional['reasons'] = [];
  if (range.to > now) reasons.push('running');
  if (open && (open.waiting > 0 || open.openWork > 0)) reasons.push('unfinished');
  if (open && open.silentAgents.length > 0) reasons.push('desksAway');
  if (reasons.length === 0) return null;
  return {
    until: reasons.length === 1 && reasons[0] === 'running' ? range.to : null,
    reasons,
    awaited: (open?.silentAgents ?? []).map(names.agent),
  };
}

/** Of figures about records: `until` is when the last thing is certain, null where nobody knows. */
export function provisionOf(
  { range, now }: Pick<Frame, 'range' | 'now'>,
  others: { reason: Provisional['reasons'][number]; until: number | null }[],
): ReportResult['provisional'] {
  const all =
    range.to > now ? [{ reason: 'running' as const, until: range.to }, ...others] : others;
  if (all.length === 0) return null;
  const times = all.map(({ until }) => until);
  return {
    until: times.some((time) => time === null) ? null : Math.max(...times.map((time) => time ?? 0)),
    reasons: all.map(({ reason }) => reason),
    awaited: [],
  };
}
