import type { TemplateInput, TemplateView } from '#shared/contract/methods/tickets.ts';
import { newId } from '#shared/domain/ids.ts';
import { normalizeText } from '#shared/domain/text/text.ts';
import {
  filledIn,
  type TemplateValues,
  unknownFields,
} from '#shared/domain/tickets/templateText.ts';
import { DeskError } from '#shared/result.ts';
import type { TicketParts } from './parts.ts';

/** Templates of tickets and replies: kept for everybody, filled in at the desk. */
export function createTemplates({ user, cache, clock }: TicketParts) {
  const list = (retired: boolean) => cache.ticketPage.templates({ retired });

  function viewOf(id: string): TemplateView {
    const found = list(true).find((one) => one.id === id);
    if (!found) throw new DeskError('not-found', 'no such template here');
    return found;
  }

  function valuesOf(ticketId: string | null, customerId: string | null): TemplateValues {
    const ticket = ticketId === null ? null : cache.record('ticket', ticketId);
    const whose = ticket?.customerId ?? customerId;
    const customer = whose === null ? null : cache.record('customer', cache.winnerOf(whose));
    return {
      'customer.name': customer?.name ?? null,
      'customer.no': customer?.no ?? null,
      'ticket.no': ticket?.no ?? null,
      'ticket.subject': ticket?.subject ?? null,
      'ticket.resolution': ticket?.resolution || null,
      'ticket.dueOn': ticket?.dueAt == null ? null : dayOf(ticket.dueAt),
      'agent.name': user.name,
      today: dayOf(clock.now()),
    };
  }

  return {
    list,
    save(id: string | null, given: TemplateInput): TemplateView {
      const fields = {
        ...given,
        name: normalizeText(given.name),
        subject: normalizeText(given.subject),
        body: normalizeText(given.body),
      };
      for (const field of ['subject', 'body'] as const) {
        const [unknown] = unknownFields(fields[field]);
        if (unknown === undefined) continue;
        const details = { field, unknown };
        throw new DeskError('invalid-input', `{${unknown}} is no field of a template`, details);
      }
      const templateId = id ?? newId();
      const retired = id === null ? false : viewOf(id).retired;
      const change = { entity: 'ticketTemplate' as const, id: templateId };
      cache.change([{ ...change, fields: { ...fields, retired } }], user.id);
      return viewOf(templateId);
    },
    retire(id: string, retired: boolean): void {
      viewOf(id);
      cache.change([{ entity: 'ticketTemplate', id, fields: { retired } }], user.id);
    },
    fill(id: string, ticketId: string | null, customerId: string | null) {
      const { subject, body } = viewOf(id);
      const values = valuesOf(ticketId, customerId);
      const [head, rest] = [filledIn(subject, values), filledIn(body, values)];
      const open = [...new Set([...head.open, ...rest.open])];
      return { subject: head.text, body: rest.text, open };
    },
  };
}

/** The day at this desk, `YYYY-MM-DD`. */
function dayOf(ms: number): string {
  const date = new Date(ms);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
