import type { TicketLink, TicketTaker } from '#shared/contract/methods/tickets.ts';
import { mayDo } from '#shared/domain/permissions.ts';
import type { TicketParts } from './parts.ts';

/** Tickets to link: by the last digits of a number, else by what the search finds; those of the same customer first. */
export async function findTickets(
  { cache }: TicketParts,
  { text, besideId, limit }: { text: string; besideId: string | null; limit: number },
): Promise<TicketLink[]> {
  const reads = cache.ticketPage;
  const beside = besideId === null ? null : cache.record('ticket', besideId);
  const customerId = beside?.customerId ?? null;
  const ofCustomer =
    customerId === null ? [] : reads.ticketsOfCustomer(cache.winnerOf(customerId), limit);
  const words = text.trim();
  const digits = words.replaceAll(/\D/gu, '');
  const found =
    words === ''
      ? ofCustomer
      : digits.length >= 3 && digits.length === words.length
        ? reads.ticketsByNumber(digits, limit)
        : await bySearch(words);

  async function bySearch(typed: string): Promise<TicketLink[]> {
    const { tickets } = await cache.search.everything(typed, limit);
    const ids = tickets.map(({ ticketId }) => ticketId);
    const links = new Map(reads.links(ids).map((link) => [link.id, link]));
    return ids.flatMap((id) => links.get(id) ?? []);
  }

  const near = new Set(ofCustomer.map(({ id }) => id));
  return found
    .filter(({ id }) => id !== besideId)
    .sort((one, other) => Number(near.has(other.id)) - Number(near.has(one.id)))
    .slice(0, limit);
}

/** Whom a ticket can be given to, with how much each has already. */
export function takers({ cache }: TicketParts): TicketTaker[] {
  return cache.ticketPage
    .takers()
    .filter(({ role }) => mayDo(role, 'tickets.write'))
    .map(({ role: _, ...taker }) => taker);
}
