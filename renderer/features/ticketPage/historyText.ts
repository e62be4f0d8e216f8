import type { TFunction } from 'i18next';
import type { TicketDetail } from '#shared/contract/models/records.ts';

export type HistoryEvent = TicketDetail['events'][number];

/** Fields whose values are words of the lists, and where those stand. */
const worded: Record<string, string> = {
  type: 'fields:ticketTypes',
  priority: 'fields:priorities',
  impact: 'ticketPage:levels',
  urgency: 'ticketPage:levels',
};

export interface Names {
  owner: (id: string) => string;
  category: (id: string) => string;
  time: (ms: number) => string;
}

/** What the name of an event does not say, in a line; empty where there is nothing to add. */
export function eventDetail({ name, data }: HistoryEvent, t: TFunction, names: Names): string[] {
  if (!data) return [];
  if (name === 'ticket.changed') return changes(data.fields, t, names);
  const lines: string[] = [];
  if (typeof data.ownerId === 'string') {
    lines.push(t('ticketPage:history.to', { name: names.owner(data.ownerId) }));
  }
  if (data.ownerId === null) lines.push(t('ticketPage:history.noOwner'));
  if (typeof data.visit === 'string') lines.push(t(`ticketPage:visits.${data.visit}`, ''));
  if (typeof data.name === 'string') lines.push(data.name);
  if (data.retired === true) lines.push(t('ticketPage:history.removed'));
  if (data.undone === true) lines.push(t('ticketPage:history.undone'));
  if (data.on === false) lines.push(t('ticketPage:history.ended'));
  return lines.filter((line) => line !== '');
}

function changes(fields: unknown, t: TFunction, names: Names): string[] {
  if (typeof fields !== 'object' || fields === null) return [];
  return Object.entries(fields).flatMap(([field, pair]) => {
    if (!Array.isArray(pair)) return [];
    const [before, after] = pair.map((value) => valueText(field, value, t, names));
    const label = t(`ticketPage:fieldNames.${field}`, field);
    return [t('ticketPage:history.changed', { field: label, before, after })];
  });
}

const longest = 80;

function valueText(field: string, value: unknown, t: TFunction, names: Names): string {
  if (value === null || value === undefined || value === '') return '–';
  if (typeof value === 'number') return names.time(value);
  if (Array.isArray(value)) return value.length > 0 ? value.join(', ') : '–';
  const text = String(value);
  if (field === 'categoryId') return names.category(text);
  if (field === 'customerId') return '…';
  const from = worded[field];
  if (from) return t(`${from}.${text}`, text);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
