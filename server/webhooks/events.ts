import { isDeepStrictEqual } from 'node:util';
import { v7 as uuidv7 } from 'uuid';
import type { WebhookEventType } from '#shared/domain/webhooks.ts';
import type { NotedChange, WebhookEvent } from '../store/webhooks/webhookOutbox.ts';

/** What happened when a record went from `before` to `after`, in the terms of the domain. */
export function eventsOf(change: NotedChange): WebhookEvent[] {
  const { at, id: recordId, version: recordVersion, after: fields } = change;
  const changed = changedNames(change);
  return typesOf(change).map((type) => ({
    id: uuidv7(),
    type,
    at,
    recordId,
    recordVersion,
    changed,
    fields,
  }));
}

function changedNames({ before, after }: NotedChange): string[] {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after)])].sort();
  return names.filter((name) => !isDeepStrictEqual(before?.[name], after[name]));
}

function typesOf(change: NotedChange): WebhookEventType[] {
  const { entity, before, after } = change;
  switch (entity) {
    case 'customer':
      return [before ? 'customer.updated' : 'customer.created'];
    case 'ticket':
      return [before ? 'ticket.updated' : 'ticket.created', ...ticketSteps(change)];
    case 'ticketEvent':
      return !before && after.name === 'ticket.noted' ? ['ticket.noted'] : [];
    case 'call':
      return becomes(change, 'endedAt', (endedAt) => typeof endedAt === 'number')
        ? ['call.ended']
        : [];
    case 'wrapUp':
      return ['wrapUp.saved'];
    case 'task': {
      const done = becomes(change, 'state', (state) => state === 'done');
      return [before ? 'task.updated' : 'task.created', ...(done ? (['task.done'] as const) : [])];
    }
    default:
      return [];
  }
}

function ticketSteps(change: NotedChange): WebhookEventType[] {
  const { before, after } = change;
  const steps: WebhookEventType[] = [];
  if (after.ownerId && after.ownerId !== before?.ownerId) steps.push('ticket.assigned');
  if (becomes(change, 'state', (state) => state === 'resolved')) steps.push('ticket.resolved');
  if (becomes(change, 'state', (state) => state === 'closed')) steps.push('ticket.closed');
  return steps;
}

/** True of the value now, and not of the one before. */
function becomes(
  { before, after }: NotedChange,
  name: string,
  isSo: (value: unknown) => boolean,
): boolean {
  return isSo(after[name]) && !(before && isSo(before[name]));
}
