import type { JournalLine } from '#shared/contract/methods/journal.ts';
import type { JournalEntry } from '#shared/contract/models/records.ts';
import type { JournalCursor, JournalFilter } from '#shared/sync/journal.ts';

/** A call that this desk holds, as a line of the journal. */
export function lineOf(entry: JournalEntry): JournalLine {
  const { numberDisplay, followUp, ...rest } = entry;
  return {
    ...rest,
    id: entry.callId,
    numberRaw: numberDisplay,
    numberDisplay,
    followUp,
    recorded: false,
  };
}

/** Whether the filter names this line, in the words of server/store/calls/journal.ts. */
export function fits(line: JournalLine, filter: JournalFilter): boolean {
  const { talkAtLeastMs, talkAtMostMs, dispositionIds, callRefs } = filter;
  const is = <T>(wanted: T | null, value: T) => wanted === null || wanted === value;
  return (
    line.at >= filter.from &&
    line.at < filter.to &&
    is(filter.queueId, line.queueId) &&
    is(filter.agentId, line.agentId) &&
    is(filter.direction, line.direction) &&
    is(filter.result, line.result) &&
    is(filter.customerId, line.customerId) &&
    hasDigits(line, filter.number) &&
    (dispositionIds.length === 0 || dispositionIds.includes(line.wrapUp?.dispositionId ?? '')) &&
    (talkAtLeastMs === null || (line.talkMs ?? -1) >= talkAtLeastMs) &&
    (talkAtMostMs === null || (line.talkMs !== null && line.talkMs <= talkAtMostMs)) &&
    (callRefs.length === 0 || callRefs.includes(line.callRef)) &&
    (!filter.recorded || line.recorded)
  );
}

function hasDigits({ numberKey, numberRaw }: JournalLine, wanted: string): boolean {
  const digits = wanted.replace(/\D/gu, '').replace(/^0+/u, '');
  return (numberKey ?? numberRaw).replace(/\D/gu, '').includes(digits);
}

export function newestFirst(
  a: Pick<JournalLine, 'at' | 'id'>,
  b: Pick<JournalLine, 'at' | 'id'>,
): number {
  return b.at - a.at || (a.id < b.id ? 1 : -1);
}

/** A page of lines that are all here. */
export function pageOf(
  lines: readonly JournalLine[],
  filter: JournalFilter,
  after: JournalCursor | null,
  limit: number,
): { rows: JournalLine[]; next: JournalCursor | null } {
  const found = lines
    .filter((line) => fits(line, filter) && (after === null || newestFirst(after, line) < 0))
    .sort(newestFirst);
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return { rows, next: last && found.length > limit ? { at: last.at, id: last.id } : null };
}
