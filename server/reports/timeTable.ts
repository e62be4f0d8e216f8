import { catalogue } from '#shared/domain/reports/catalogue.ts';
import { dateOfDay } from '#shared/domain/serviceLevels/zonedTime.ts';
import type { Cell } from '#shared/sync/reports.ts';
import { type RowCursor, readStretches, type StretchRow } from '../store/reports/reportRows.ts';
import type { Frame } from './frame.ts';
import { callProvision } from './provision.ts';
import { cellsIn, type Table } from './tables.ts';

const pageSize = 5_000;

/** Every state of every agent, cut at the midnights of the zone, so that each line belongs to one day. */
export async function timeTable(frame: Frame): Promise<Table> {
  const { columns } = catalogue.timeTable;
  const rows: Table['rows'] = [];
  for await (const stretch of stretchesOf(frame)) {
    for (const part of byDay(frame, stretch)) {
      rows.push({
        interval: null,
        group: { id: part.agentId, name: frame.names.agent(part.agentId) },
        cells: cellsIn(columns, stretchCells(frame, part)),
        provisional: stretch.to === null,
        link: { kind: 'agent', agentId: part.agentId },
      });
    }
  }
  rows.sort((a, b) =>
    (a.group?.name ?? '').localeCompare(b.group?.name ?? '', frame.request.language),
  );
  const provisional = await callProvision(frame);
  return { rows, totals: null, provisional, notes: ['noSchedule'] };
}

async function* stretchesOf(frame: Frame): AsyncGenerator<StretchRow> {
  const { db, range, agentIds } = frame;
  let after: RowCursor | null = null;
  for (;;) {
    const page: StretchRow[] = await readStretches(db, {
      ...range,
      agentIds,
      states: null,
      after,
      limit: pageSize,
    });
    yield* page;
    const last = page.at(-1);
    if (page.length < pageSize || !last) return;
    after = { at: last.from, id: last.agentId };
  }
}

/** Within the range and up to now, a part for each day it touches. */
function byDay({ zone, range, now }: Frame, stretch: StretchRow): StretchRow[] {
  const parts: StretchRow[] = [];
  const end = Math.min(stretch.to ?? now, range.to, now);
  for (let from = Math.max(stretch.from, range.from); from < end; ) {
    const to = Math.min(end, zone.instantOf(zone.dayOf(from) + 1, 0));
    parts.push({ ...stretch, from, to });
    from = to;
  }
  return parts;
}

/** A stretch as a line of the time table; its date is the day of the zone on which it began. */
export function stretchCells({ zone, names }: Frame, stretch: StretchRow): Record<string, Cell> {
  const { agentId, state, reason, from, to } = stretch;
  return {
    date: dateOfDay(zone.dayOf(from)),
    agent: names.agent(agentId),
    state: names.word('state', state),
    reason: reason && names.word('reason', reason),
    stretchFrom: from,
    stretchTo: to,
    stretchTime: to === null ? null : to - from,
  };
}
