import { Readable } from 'node:stream';
import { newId } from '#shared/domain/ids.ts';
import type { Language } from '#shared/domain/text/text.ts';
import type { ExportKind, ExportRequest } from '#shared/sync/importing.ts';
import type { SignedInUser } from '#shared/sync/messages.ts';
import { configurationOf } from '../importing/readContext.ts';
import type { Manager } from '../integrations/noteManaged.ts';
import { appendAudit } from '../store/audit.ts';
import { losersOf, winnersOf } from '../store/customers/customerGroups.ts';
import {
  type ExportedEntity,
  type ExportedRecord,
  readCustomerNames,
  readForExport,
  readPointsForExport,
  readTicketsForExport,
} from '../store/exporting.ts';
import { readViewer, type Scope } from '../store/feed/scope.ts';
import { readUsers } from '../store/importRows.ts';
import type { Db } from '../store/store.ts';
import { scopeOf } from '../sync/scope.ts';
import { columnsOf, type ExportColumn, type ExportRow } from './columns.ts';
import { byteOrderMark, csvLine } from './csv.ts';
import { type XlsxCell, xlsxStream } from './xlsx.ts';

/** Who asks, as the audit names them, and with whose eyes it is read. */
export interface ExportAsker {
  by: Manager;
  viewer: Pick<SignedInUser, 'id' | 'role' | 'teamId'>;
}

const pageSize = 2_000;

const entityOf: Record<ExportKind, ExportedEntity> = {
  customers: 'customer',
  numbers: 'contactPoint',
  orders: 'order',
  tickets: 'ticket',
  complaints: 'complaint',
};

/**
 * What the asker may see of one kind of records, as a file that is written while it is read: memory holds one page.
 * Written down before the first byte leaves, and behind the last with how many records went out.
 */
export async function exportStream(
  db: Db,
  now: () => number,
  asker: ExportAsker,
  request: ExportRequest,
): Promise<Readable> {
  const { kind, format, language } = request;
  await note(db, now, asker, 'data.export.asked', `${kind} ${format}`);
  const scope = scopeOf(await readViewer(db, asker.viewer));
  const columns = columnsOf(kind, language, await configurationOf(db));
  const names = await namesOf(db, language);
  let count = 0;
  async function* rows() {
    for await (const row of rowsOf(db, scope, kind, names)) {
      count += 1;
      yield row;
    }
    await note(db, now, asker, 'data.exported', `${kind} ${format} ${count}`);
  }
  if (format === 'csv') return Readable.from(csvPieces(columns, rows(), request));
  async function* cells() {
    for await (const row of rows()) yield columns.map(({ cell }) => cell(row));
  }
  return xlsxStream({ name: kind, columns, rows: cells() });
}

const pieceLength = 65_536;

async function* csvPieces(
  columns: readonly ExportColumn[],
  rows: AsyncIterable<ExportRow>,
  { bom, delimiter }: Pick<ExportRequest, 'bom' | 'delimiter'>,
): AsyncGenerator<Buffer> {
  let piece = bom ? byteOrderMark : '';
  piece += csvLine(
    columns.map(({ title }) => title),
    delimiter,
  );
  for await (const row of rows) {
    piece += csvLine(
      columns.map(({ cell }) => written(cell(row))),
      delimiter,
    );
    if (piece.length < pieceLength) continue;
    yield Buffer.from(piece);
    piece = '';
  }
  yield Buffer.from(piece);
}

/** A cell as text that an import reads back: points in numbers, ISO 8601 in the server's local time. */
function written(cell: XlsxCell | null): string {
  if (cell === null) return '';
  switch (cell.type) {
    case 'text':
    case 'date':
      return cell.value;
    case 'number':
      return cell.value.toFixed(cell.digits);
    case 'rate':
    case 'duration':
      return String(cell.value);
    case 'local':
      return new Date(cell.value).toISOString().slice(0, 19).replace('T', ' ');
    case 'time': {
      const local = cell.value - new Date(cell.value).getTimezoneOffset() * 60_000;
      return new Date(local).toISOString().slice(0, 19).replace('T', ' ');
    }
  }
}

type Names = Pick<ExportRow, 'userName' | 'categoryName'>;

async function namesOf(db: Db, language: Language): Promise<Names> {
  const users = new Map((await readUsers(db)).map(({ id, name }) => [id, name]));
  const { ticketCategories } = await configurationOf(db);
  const categories = new Map(
    ticketCategories.map(({ id, path }) => [id, path.map((part) => part[language]).join(' / ')]),
  );
  const known = (names: Map<string, string>) => (id: unknown) =>
    typeof id === 'string' ? (names.get(id) ?? null) : null;
  return { userName: known(users), categoryName: known(categories) };
}

async function* rowsOf(
  db: Db,
  scope: Scope,
  kind: ExportKind,
  names: Names,
): AsyncGenerator<ExportRow> {
  const entity = entityOf[kind];
  let after: string | null = null;
  for (;;) {
    const page: ExportedRecord[] = await readForExport(db, scope, {
      entity,
      after,
      limit: pageSize,
    });
    const points = kind === 'customers' ? await pointsOf(db, scope, page) : null;
    const customers = kind === 'customers' ? null : await customersOf(db, scope, page);
    const tickets = kind === 'complaints' ? await ticketsOf(db, scope, page) : null;
    for (const { id, fields } of page) {
      // What was merged stands in the line of its winner.
      if (kind === 'customers' && isMerged(fields)) continue;
      const customer = customers?.get(String(fields.customerId)) ?? null;
      const ticket = tickets?.get(String(fields.ticketId)) ?? null;
      yield { fields, points: points?.get(id) ?? [], customer, ticket, ...names };
    }
    if (page.length < pageSize) return;
    after = page.at(-1)?.id ?? null;
  }
}

function isMerged(customer: Record<string, unknown>): boolean {
  return typeof customer.mergedInto === 'string';
}

async function ticketsOf(db: Db, scope: Scope, page: ExportedRecord[]) {
  const ids = page.map(({ fields }) => String(fields.ticketId));
  const found = await readTicketsForExport(db, scope, ids);
  return new Map(found.map(({ id, fields }) => [id, fields]));
}

/** The points of those customers who were not merged, with the points of all whom they stand for. */
async function pointsOf(db: Db, scope: Scope, page: ExportedRecord[]) {
  const points = new Map<string, Record<string, unknown>[]>();
  const ids = page.filter(({ fields }) => !isMerged(fields)).map(({ id }) => id);
  const losers = await losersOf(db, ids);
  const winners = new Map(
    [...losers].flatMap(([winner, below]) => below.map((id) => [id, winner] as const)),
  );
  for (const point of await readPointsForExport(db, scope, [...ids, ...winners.keys()])) {
    if (point.retired === true) continue;
    const own = String(point.customerId);
    const id = winners.get(own) ?? own;
    const held = points.get(id);
    if (held) held.push(point);
    else points.set(id, [point]);
  }
  return points;
}

async function customersOf(db: Db, scope: Scope, page: ExportedRecord[]) {
  const ids = [...new Set(page.map(({ fields }) => fields.customerId))].filter(
    (id) => typeof id === 'string',
  );
  const winners = await winnersOf(db, ids);
  const standing = [...new Set(ids.map((id) => winners.get(id) ?? id))];
  const found = await readCustomerNames(db, scope, standing);
  const points = await pointsOf(
    db,
    scope,
    found.map(({ id }) => ({ id, fields: {} })),
  );
  const shown = new Map(
    found.map(({ id, no, name }) => {
      const phones = (points.get(id) ?? []).filter((point) => point.kind === 'phone');
      const phone = phones.find((point) => point.preferred === true) ?? phones[0];
      return [id, { no, name, number: phone ? String(phone.raw) : null }];
    }),
  );
  return new Map(
    ids.flatMap((id) => {
      const customer = shown.get(winners.get(id) ?? id);
      return customer ? [[id, customer] as const] : [];
    }),
  );
}

async function note(
  db: Db,
  now: () => number,
  { by }: ExportAsker,
  action: 'data.export.asked' | 'data.exported',
  detail: string,
): Promise<void> {
  await appendAudit(db, {
    id: newId(),
    at: now(),
    action,
    userId: by.userId,
    userName: by.name,
    device: by.device,
    agentId: null,
    agentName: '',
    callRef: null,
    mode: null,
    reason: null,
    detail,
  });
}
