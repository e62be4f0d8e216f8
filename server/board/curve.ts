import { quarterMs } from '#shared/domain/metrics/cells.ts';
import { type Zone, zoneOf } from '#shared/domain/serviceLevels/zonedTime.ts';
import type { BoardCurve } from '#shared/sync/board.ts';
import { sumQueueCells } from '../store/calls/callCells.ts';
import { readPart } from '../store/configuration.ts';
import type { Db } from '../store/store.ts';

const noPoint = { offered: 0, answered: 0 };

/**
 * Callers by quarters of an hour in which they came: today up to now, yesterday and this day of last week whole. Days
 * begin at the midnight of `supervision.timeZone`.
 */
export async function readCurve(
  db: Db,
  { queueId, now }: { queueId: string | null; now: number },
): Promise<BoardCurve> {
  const { timeZone } = await readPart(db, 'supervision');
  const zone = zoneOf(timeZone);
  if (!zone) throw new Error('the zone of the board is none');
  const day = zone.dayOf(now);
  const curve = (back: number) => curveOf(db, zone, { day: day - back, until: now, queueId });
  return { today: await curve(0), yesterday: await curve(1), lastWeek: await curve(7) };
}

async function curveOf(
  db: Db,
  zone: Zone,
  { day, until, queueId }: { day: number; until: number; queueId: string | null },
): Promise<BoardCurve['today']> {
  const from = zone.instantOf(day, 0);
  const to = Math.min(zone.instantOf(day + 1, 0), until);
  const edges: number[] = [];
  for (let at = from; at < to; at += quarterMs) edges.push(at);
  edges.push((edges.at(-1) ?? from) + quarterMs);
  const queueIds = queueId === null ? null : [queueId];
  const sums = await sumQueueCells(db, { edges, queueIds, byQueue: false });
  const byInterval = new Map(sums.map(({ interval, counts }) => [interval, counts]));
  return edges.slice(0, -1).map((at, interval) => {
    const { offered, answered } = byInterval.get(interval) ?? noPoint;
    return { at, offered, answered };
  });
}
