import type { TicketView } from '#shared/contract/models/records.ts';
import type { HomeCountry } from '#shared/domain/numbers/types.ts';
import type { LocalChange } from '../../cache/cache.ts';
import type { Handlers } from '../../handler/handler.ts';
import type { CallService } from '../calls.ts';
import { done } from '../done.ts';
import { type AttachmentParts, createAttachments } from './attachments.ts';
import { fieldChanges, noteChanges, replyChanges } from './changes.ts';
import { createTicket } from './create.ts';
import { findTickets, takers } from './find.ts';
import {
  mergeChanges,
  relateChanges,
  splitChanges,
  unmergeChanges,
  watchChanges,
} from './links.ts';
import { ticketPage } from './page.ts';
import { found, viewOf } from './parts.ts';
import { stepChanges } from './steps.ts';
import { createTemplates } from './templates.ts';

type TicketMethod = Extract<
  keyof Handlers,
  | `tickets.${'create' | 'get' | 'page' | 'step' | 'note' | 'reply' | 'change' | 'watch'}`
  | `tickets.${'relate' | 'merge' | 'unmerge' | 'split' | 'takers' | 'find'}`
  | `ticketTemplates.${string}`
  | `attachments.${string}`
>;

/** What a window asks of tickets, their templates and their files. */
export function ticketHandlers(
  parts: AttachmentParts & { calls: CallService; home(): HomeCountry },
): Pick<Handlers, TicketMethod> {
  const { user, cache } = parts;
  const templates = createTemplates(parts);
  const attachments = createAttachments(parts);

  function written(ticketId: string, changes: LocalChange[]): TicketView {
    if (changes.length > 0) cache.change(changes, user.id);
    return viewOf(cache, ticketId);
  }
  function noted(ticketId: string, changes: LocalChange[]) {
    cache.change(changes, user.id);
    return found(cache.ticket(ticketId));
  }

  return {
    'tickets.create': (ticket) => createTicket(parts, ticket),
    'tickets.get': ({ ticketId }) => found(cache.ticket(ticketId)),
    'tickets.page': ({ ticketId }) => ticketPage(parts, ticketId, attachments.of),
    'tickets.step': ({ ticketId, ...command }) =>
      written(ticketId, stepChanges(parts, ticketId, [command])),
    'tickets.note': ({ ticketId, note }) => noted(ticketId, noteChanges(parts, ticketId, note)),
    'tickets.reply': ({ ticketId, reply }) => noted(ticketId, replyChanges(parts, ticketId, reply)),
    'tickets.change': ({ ticketId, change }) =>
      written(ticketId, fieldChanges(parts, ticketId, change)),
    'tickets.watch': ({ ticketId, on }) => written(ticketId, watchChanges(parts, ticketId, on)),
    'tickets.relate': ({ ticketId, otherId, on }) =>
      written(ticketId, relateChanges(parts, ticketId, otherId, on)),
    'tickets.merge': ({ ticketId, intoId }) =>
      written(ticketId, mergeChanges(parts, ticketId, intoId)),
    'tickets.unmerge': ({ ticketId }) => written(ticketId, unmergeChanges(parts, ticketId)),
    'tickets.split': ({ ticketId, ...given }) => {
      const { id, changes } = splitChanges(parts, ticketId, given);
      return written(id, changes);
    },
    'tickets.takers': () => takers(parts),
    'tickets.find': (wish) => findTickets(parts, wish),
    'ticketTemplates.list': ({ retired }) => templates.list(retired),
    'ticketTemplates.save': ({ id, template }) => templates.save(id, template),
    'ticketTemplates.retire': ({ id, retired }) => done(templates.retire(id, retired)),
    'ticketTemplates.fill': ({ id, ticketId, customerId }) =>
      templates.fill(id, ticketId, customerId),
    'attachments.begin': ({ ticketId, name, bytes }) => attachments.begin(ticketId, name, bytes),
    'attachments.piece': ({ uploadId, base64 }) => attachments.piece(uploadId, base64),
    'attachments.cancel': ({ uploadId }) => done(attachments.cancel(uploadId)),
    'attachments.fetch': ({ attachmentId }) => attachments.fetch(attachmentId),
    'attachments.read': ({ attachmentId, offset }) => attachments.read(attachmentId, offset),
    'attachments.retire': ({ attachmentId }) => attachments.retire(attachmentId),
  };
}
