import type { Role } from '../permissions.ts';
import { restored } from '../text/neutralise.ts';
import { loginKey } from './login.ts';
import {
  type Centre,
  type FieldProblem,
  type KnownPerson,
  problemsOfUser,
  type UserDraft,
} from './userRules.ts';

/** The columns of a table of people, in their usual order. */
export const tableColumns = [
  'login',
  'name',
  'role',
  'team',
  'extension',
  'queues',
  'phonePassword',
] as const;
export type TableColumn = (typeof tableColumns)[number];

/** What people call things, in `loginKey`'s spelling: heads of columns, roles, teams and queues. */
export interface TableNames {
  columns: ReadonlyMap<string, TableColumn>;
  roles: ReadonlyMap<string, Role>;
  teams: ReadonlyMap<string, string>;
  queues: ReadonlyMap<string, string>;
}

export interface TableRow {
  /** From 1, the head included. */
  line: number;
  draft: UserDraft & { phonePassword: string | null };
  problems: FieldProblem[];
}

const betweenQueues = /[;,、，；|]/u;

const headOf = (cells: readonly (readonly string[])[], names: TableNames) =>
  cells[0]?.map((cell) => names.columns.get(loginKey(cell.trim())) ?? null) ?? [];

/** Columns that the first row names otherwise than anybody here does: nothing is read of them. */
export function unreadColumns(cells: readonly (readonly string[])[], names: TableNames): string[] {
  const head = headOf(cells, names);
  if (!head.includes('login')) return [];
  const unread = cells[0]?.filter((_, at) => head[at] === null) ?? [];
  return unread.map((cell) => restored(cell.trim())).filter((name) => name !== '');
}

/**
 * A table of people, row by row, with what is wrong in each: also what a row before has already taken. Where the first
 * row names no columns they are in their usual order; empty rows are passed over. An empty role is an agent's.
 */
export function readUserTable(
  cells: readonly (readonly string[])[],
  names: TableNames,
  centre: Centre,
): TableRow[] {
  const head = headOf(cells, names);
  const hasHead = head.includes('login');
  const columns = hasHead ? head : tableColumns;
  const people: KnownPerson[] = [...centre.people];
  return cells.flatMap((row, at) => {
    if ((hasHead && at === 0) || row.every((cell) => cell.trim() === '')) return [];
    const cellOf = (column: TableColumn) => restored(row[columns.indexOf(column)]?.trim() ?? '');
    const { draft, unknownRole } = draftOf(cellOf, names);
    const problems = problemsOfUser(draft, null, { ...centre, people });
    if (unknownRole) problems.push({ field: 'role', problem: 'unknown' });
    if (problems.length === 0) people.push({ ...draft, active: true, id: `line ${at + 1}` });
    return [{ line: at + 1, draft, problems }];
  });
}

function draftOf(cellOf: (column: TableColumn) => string, names: TableNames) {
  const role = cellOf('role');
  const known = role === '' ? 'agent' : names.roles.get(loginKey(role));
  const team = cellOf('team');
  const queues = cellOf('queues')
    .split(betweenQueues)
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const draft = {
    login: cellOf('login'),
    name: cellOf('name'),
    role: known ?? ('agent' as const),
    teamId: team === '' ? null : (names.teams.get(loginKey(team)) ?? team),
    extension: cellOf('extension') || null,
    queueIds: queues.map((name) => names.queues.get(loginKey(name)) ?? name),
    phonePassword: cellOf('phonePassword') || null,
  };
  return { draft, unknownRole: known === undefined };
}
