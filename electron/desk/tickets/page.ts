import type { AttachmentView, TicketPage } from '#shared/contract/methods/tickets.ts';
import type { HomeCountry } from '#shared/domain/numbers/types.ts';
import { DeskError } from '#shared/result.ts';
import { readNumber } from '../pop.ts';
import type { TicketParts } from './parts.ts';

/** Merged tickets of merged tickets, and so on. */
const deepest = 20;

/** A ticket with everything that stands on its page. */
export function ticketPage(
  { cache, home }: TicketParts & { home(): HomeCountry },
  ticketId: string,
  attachmentsOf: (ticketId: string) => AttachmentView[],
): TicketPage {
  const detail = cache.ticket(ticketId);
  if (!detail) throw new DeskError('not-found', 'no such ticket here');
  const { ticket } = detail;
  const reads = cache.ticketPage;
  const merged = partsOf(ticketId);
  const partIds = merged.map(({ id }) => id);
  const linked = (id: string | null) => (id === null ? null : (reads.links([id])[0] ?? null));

  function partsOf(winnerId: string) {
    const found = new Map<string, ReturnType<typeof reads.merged>[number]>();
    let next = [winnerId];
    for (let depth = 0; depth < deepest && next.length > 0; depth += 1) {
      const level = next.flatMap((id) => reads.merged(id)).filter(({ id }) => !found.has(id));
      for (const link of level) found.set(link.id, link);
      next = level.map(({ id }) => id);
    }
    found.delete(winnerId);
    return [...found.values()];
  }

  return {
    ...detail,
    attachments: [ticketId, ...partIds].flatMap(attachmentsOf),
    related: reads.links(ticket.relatedIds),
    mergedInto: linked(ticket.mergedInto),
    merged,
    splitFrom: linked(ticket.splitFrom),
    splits: reads.splits(ticketId),
    watchers: reads.names(ticket.watcherIds),
    mergedEvents: reads.events(partIds),
    numberDisplay:
      ticket.numberRaw === null ? null : readNumber(ticket.numberRaw, home()).view.display,
  };
}
