import type { Configuration, ProfileField } from '#shared/domain/configuration.ts';
import type { Money } from '#shared/domain/primitives.ts';
import type { Language } from '#shared/domain/text/text.ts';
import { complaintStages } from '#shared/domain/tickets/complaint.ts';
import complaintsEn from '#shared/locales/en/complaints.json' with { type: 'json' };
import en from '#shared/locales/en/importing.json' with { type: 'json' };
import complaintsZh from '#shared/locales/zh-CN/complaints.json' with { type: 'json' };
import zh from '#shared/locales/zh-CN/importing.json' with { type: 'json' };
import type { ExportKind } from '#shared/sync/importing.ts';
import { minorDigits } from '../importing/values/money.ts';
import {
  contactPointKindWords,
  customerKindWords,
  labelWords,
  orderStateWords,
  ticketPriorityWords,
  ticketStateWords,
  ticketTypeWords,
  type WordList,
} from '../importing/values/words.ts';
import type { XlsxCell } from './xlsx.ts';

/** What of a row goes into a column. */
export interface ExportColumn {
  title: string;
  width: number;
  cell(row: ExportRow): XlsxCell | null;
}

/** A record with what belongs to it. */
export interface ExportRow {
  fields: Record<string, unknown>;
  points: Record<string, unknown>[];
  customer: { no: string | null; name: string; number: string | null } | null;
  /** Of a complaint. */
  ticket: Record<string, unknown> | null;
  userName(id: unknown): string | null;
  categoryName(id: unknown): string | null;
}

type Cell = ExportColumn['cell'];

const text = (value: unknown): XlsxCell | null =>
  typeof value === 'string' && value !== '' ? { type: 'text', value } : null;
const field =
  (name: string): Cell =>
  ({ fields }) =>
    text(fields[name]);
const day =
  (name: string): Cell =>
  ({ fields }) => {
    const value = fields[name];
    return typeof value === 'string' ? { type: 'date', value } : null;
  };
const moment =
  (name: string): Cell =>
  ({ fields }) =>
    timeCell(fields[name]);
const ofTicket =
  (read: (ticket: Record<string, unknown>) => XlsxCell | null): Cell =>
  ({ ticket }) =>
    ticket && read(ticket);

/** Further away than dates go. */
const noTimeMs = 8.6e15;

function timeCell(value: unknown): XlsxCell | null {
  return typeof value === 'number' && value < noTimeMs ? { type: 'time', value } : null;
}

function numberCell(value: unknown): XlsxCell | null {
  return typeof value === 'number' ? { type: 'number', value, digits: 0 } : null;
}

function wordOf(words: Record<string, string>, value: unknown): string | null {
  return typeof value === 'string' ? (words[value] ?? value) : null;
}

/** The columns of an export, named as an import knows them again. */
export function columnsOf(
  kind: ExportKind,
  language: Language,
  { profileFields }: Pick<Configuration, 'profileFields'>,
): ExportColumn[] {
  const texts = language === 'en' ? en : zh;
  const complaintTexts = language === 'en' ? complaintsEn : complaintsZh;
  const labels: Record<string, string> = texts.field;
  const titled = (name: string, cell: Cell, width = 16): ExportColumn => ({
    title:
      labels[`${kind}-${name}`] ?? labels[name] ?? wordOf(complaintTexts.exported, name) ?? name,
    width,
    cell,
  });
  const word =
    (name: string, list: WordList): Cell =>
    ({ fields }) => {
      const value = fields[name];
      return typeof value === 'string' ? text(list.write(value, language)) : null;
    };
  const yesNo =
    (name: string): Cell =>
    ({ fields }) =>
      text(fields[name] === true ? texts.value.yesNo.yes : texts.value.yesNo.no);
  const points =
    (kindOfPoint: string, label: string | null): Cell =>
    (row) => {
      const found = row.points.filter(
        (point) =>
          point.kind === kindOfPoint &&
          (label === null ||
            (label === 'other' ? !told.includes(String(point.label)) : point.label === label)),
      );
      return text(found.map((point) => String(point.raw)).join('; '));
    };
  const customer = [
    titled('customerNo', (row) => text(row.customer?.no)),
    titled('customerName', (row) => text(row.customer?.name)),
    titled('customerNumber', (row) => text(row.customer?.number), 18),
  ];

  switch (kind) {
    case 'customers':
      return [
        titled('no', field('no')),
        titled('name', field('name'), 20),
        titled('kind', word('kind', customerKindWords), 10),
        titled('valueClass', field('valueClass'), 8),
        titled('since', day('since'), 12),
        titled('mobile', points('phone', 'mobile'), 18),
        titled('phone', points('phone', 'other'), 18),
        titled('workPhone', points('phone', 'work'), 18),
        titled('homePhone', points('phone', 'home'), 18),
        titled('email', points('email', null), 26),
        titled('address', points('address', null), 40),
        titled('tags', ({ fields }) => text((fields.tags as string[] | undefined)?.join('; ')), 18),
        titled('pinnedNote', field('pinnedNote'), 30),
        titled('createdAt', moment('createdAt'), 17),
        ...profileFields.map((profileField) => profileColumn(profileField, language, labels)),
      ];
    case 'numbers':
      return [
        ...customer,
        titled('value', field('raw'), 26),
        titled('kind', word('kind', contactPointKindWords), 10),
        titled('label', word('label', labelWords), 10),
        titled('extension', field('extension'), 10),
        titled('preferred', yesNo('preferred'), 10),
        titled('verifiedOn', day('verifiedOn'), 12),
        titled('retired', yesNo('retired'), 10),
      ];
    case 'orders':
      return [
        titled('no', field('no')),
        ...customer,
        titled('at', moment('at'), 17),
        titled('title', field('title'), 40),
        titled('amount', ({ fields }) => amount(fields.amount), 12),
        titled('currency', ({ fields }) => text((fields.amount as Money | undefined)?.currency), 8),
        titled('state', word('state', orderStateWords), 12),
      ];
    case 'tickets':
      return [
        titled('no', field('no')),
        ...customer,
        titled('subject', field('subject'), 40),
        titled('description', field('description'), 50),
        titled('type', word('type', ticketTypeWords), 14),
        titled('category', (row) => text(row.categoryName(row.fields.categoryId)), 24),
        titled('priority', word('priority', ticketPriorityWords), 10),
        titled('state', word('state', ticketStateWords), 12),
        titled('createdAt', moment('createdAt'), 17),
        titled('dueAt', moment('dueAt'), 17),
        titled('closedAt', moment('closedAt'), 17),
        titled('firstContact', (row) =>
          text(row.userName(row.fields.firstContactId) ?? row.fields.firstContactName),
        ),
        titled('owner', (row) => text(row.userName(row.fields.ownerId))),
      ];
    case 'complaints':
      return [
        titled(
          'no',
          ofTicket((ticket) => text(ticket.no)),
        ),
        ...customer,
        titled(
          'subject',
          ofTicket((ticket) => text(ticket.subject)),
          40,
        ),
        titled(
          'category',
          (row) => text(row.categoryName(row.ticket?.categoryId ?? row.fields.categoryId)),
          24,
        ),
        titled(
          'severity',
          ({ fields }) => text(wordOf(complaintTexts.levels, fields.severity)),
          10,
        ),
        titled('impact', ({ fields }) => text(wordOf(complaintTexts.levels, fields.impact)), 10),
        titled('remedySought', field('remedySought'), 40),
        titled('rootCause', field('rootCause'), 40),
        titled('correctiveAction', field('correctiveAction'), 40),
        titled('stage', ({ fields }) => text(wordOf(complaintTexts.stages, fields.stage)), 14),
        ...complaintStages.map(
          (stage): ExportColumn => ({
            title: complaintTexts.stages[stage],
            width: 17,
            cell: ({ fields }) => timeCell((fields.stagesAt as Record<string, unknown>)[stage]),
          }),
        ),
        titled(
          'state',
          ofTicket(({ state }) =>
            typeof state === 'string' ? text(ticketStateWords.write(state, language)) : null,
          ),
          12,
        ),
        titled(
          'reopened',
          ofTicket(({ reopened }) => numberCell(reopened)),
          10,
        ),
        titled('repeated', ({ fields }) =>
          text(fields.repeatOf ? texts.value.yesNo.yes : texts.value.yesNo.no),
        ),
        titled(
          'firstContact',
          ofTicket((ticket) => text(ticket.firstContactName)),
        ),
        titled('owner', (row) => text(row.userName(row.ticket?.ownerId))),
      ];
  }
}

/** Labels that have columns of their own; the others go under "phone". */
const told = ['mobile', 'work', 'home'];

function amount(value: unknown): XlsxCell | null {
  if (typeof value !== 'object' || value === null) return null;
  const { minor, currency } = value as Money;
  const digits = minorDigits(currency);
  return { type: 'number', value: minor / 10 ** digits, digits };
}

function profileColumn(
  { id, label, type }: ProfileField,
  language: Language,
  labels: Record<string, string>,
): ExportColumn {
  const title = id === 'company' ? (labels.company ?? id) : label[language];
  const cell: Cell = ({ fields }) => {
    const profile = fields.profile as Record<string, { value: string }> | undefined;
    const value = profile?.[id]?.value;
    if (!value) return null;
    return type === 'date' && /^\d{4}-\d{2}-\d{2}$/.test(value)
      ? { type: 'date', value }
      : text(value);
  };
  return { title, width: 16, cell };
}
