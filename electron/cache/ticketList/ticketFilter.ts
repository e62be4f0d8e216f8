import { dueSoonMs, me, none, type TicketFilter } from '#shared/contract/methods/ticketLists.ts';
import { foldText } from '#shared/domain/text/text.ts';
import { isOpen, ticketStates } from '#shared/domain/tickets/ticket.ts';
import type { CodedColumn, TicketTable } from './ticketTable.ts';

export interface Looker {
  userId: string;
  /** ms UTC. */
  now: number;
}

type Test = (row: number) => boolean;

/** Tests that a row which stands has to pass, the cheapest first. */
export function testsOf(table: TicketTable, filter: TicketFilter, looker: Looker): Test[] {
  const { userId, now } = looker;
  const people = (ids: readonly string[]) => ids.map((id) => (id === me ? userId : id));
  const tests: (Test | null)[] = [
    anyOf(table, 'state', filter.states),
    anyOf(table, 'type', filter.types),
    anyOf(table, 'priority', filter.priorities),
    anyOf(table, 'categoryId', filter.categoryIds),
    anyOf(table, 'queueId', filter.queueIds),
    anyOf(table, 'ownerId', filter.ownerIds && people(filter.ownerIds)),
    anyOf(table, 'firstContactId', filter.firstContactIds && people(filter.firstContactIds)),
    anyOf(table, 'ownerId', filter.teamIds && membersOf(table, filter.teamIds)),
    filter.mine ? mine(table, userId) : null,
    between(table.times.createdAt, filter.createdFrom, filter.createdTo),
    between(table.times.dueAt, filter.dueFrom, filter.dueTo),
    filter.due ? dueTest(table, filter.due, now) : null,
    filter.watching ? (row) => table.watchers[row]?.includes(userId) === true : null,
    filter.tags?.length ? tagged(table, filter.tags) : null,
    filter.classes?.length ? ofClass(table, filter.classes) : null,
    filter.text === undefined ? null : worded(table, filter.text),
  ];
  return tests.filter((test) => test !== null);
}

/** One look into a small array for each row. */
function anyOf(
  table: TicketTable,
  column: CodedColumn,
  wanted: readonly string[] | undefined,
): Test | null {
  if (!wanted || wanted.length === 0) return null;
  const codes = table.codes[column];
  const mask = new Uint8Array(codes.values.length);
  for (const value of wanted) {
    const code = codes.known(value === none ? null : value);
    if (code >= 0) mask[code] = 1;
  }
  const values = table.coded[column];
  return (row) => mask[values[row] ?? 0] === 1;
}

/** Somebody who is in none of the teams stands for a team without members: nothing fits then. */
function membersOf(table: TicketTable, teamIds: readonly string[]): string[] {
  const members = [...table.users()].flatMap(([id, { teamId }]) =>
    teamId !== null && teamIds.includes(teamId) ? [id] : [],
  );
  return members.length > 0 ? members : ['nobody'];
}

function mine(table: TicketTable, userId: string): Test {
  const owner = anyOf(table, 'ownerId', [userId]);
  const first = anyOf(table, 'firstContactId', [userId]);
  return (row) => owner?.(row) === true || first?.(row) === true;
}

function between(
  times: readonly number[],
  from: number | undefined,
  to: number | undefined,
): Test | null {
  if (from === undefined && to === undefined) return null;
  const [low, high] = [from ?? Number.NEGATIVE_INFINITY, to ?? Number.POSITIVE_INFINITY];
  return (row) => {
    const at = times[row] ?? Number.NaN;
    return at >= low && at < high;
  };
}

/** Only of tickets whose clocks may still run. */
function dueTest(table: TicketTable, due: 'overdue' | 'soon', now: number): Test {
  const open = anyOf(table, 'state', [
    ...ticketStates.filter((state) => isOpen(state) || state === 'resolved'),
  ]);
  const inTime =
    due === 'overdue'
      ? between(table.times.dueAt, undefined, now)
      : between(table.times.dueAt, now, now + dueSoonMs);
  return (row) => open?.(row) === true && inTime?.(row) === true;
}

function tagged(table: TicketTable, tags: readonly string[]): Test {
  return (row) => table.tags[row]?.some((tag) => tags.includes(tag)) === true;
}

function ofClass(table: TicketTable, classes: readonly string[]): Test {
  return (row) => classes.includes(table.customer(row)?.valueClass ?? '');
}

function worded(table: TicketTable, asked: string): Test | null {
  const [word, ...others] = foldText(asked).split(' ').filter(Boolean);
  if (word === undefined) return null;
  const has = (row: number, part: string) =>
    table.text(row).includes(part) || table.customer(row)?.folded.includes(part) === true;
  // Most look for one word: without a loop in each row it takes half the time.
  if (others.length === 0) return (row) => has(row, word);
  return (row) => has(row, word) && others.every((other) => has(row, other));
}
