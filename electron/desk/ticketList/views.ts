import type { z } from 'zod';
import {
  type TicketQuery,
  type TicketViewOfList,
  ticketFilterSchema,
  ticketSortSchema,
} from '#shared/contract/methods/ticketLists.ts';
import { newId } from '#shared/domain/ids.ts';
import { normalizeText } from '#shared/domain/text/text.ts';
import { DeskError } from '#shared/result.ts';
import type { SavedViewRow } from '../../cache/reads/savedViewReads.ts';
import type { TicketParts } from '../tickets/parts.ts';

const usualSort = { by: 'dueAt', descending: false } as const;

/** Views of the ticket list as a user saved them, own ones and those that are shared. */
export function createTicketViews({ user, cache }: TicketParts) {
  function list(): TicketViewOfList[] {
    return cache.savedViews(user.id).map(shown);
  }

  function owned(id: string): SavedViewRow {
    const view = cache.savedViews(user.id).find((one) => one.id === id);
    if (!view) throw new DeskError('not-found', 'no such view here');
    if (view.ownerId !== user.id) throw new DeskError('forbidden', 'the view is somebody else’s');
    return view;
  }

  return {
    list,
    save(given: TicketQuery & { id: string | null; name: string; shared: boolean }) {
      const id = given.id === null ? newId() : owned(given.id).id;
      const fields = {
        ownerId: user.id,
        list: 'tickets' as const,
        name: normalizeText(given.name),
        filter: given.filter,
        sort: sortText(given.sort),
        shared: given.shared,
        retired: false,
      };
      cache.change([{ entity: 'savedView', id, fields }], user.id);
      return shown(owned(id));
    },
    remove(id: string): void {
      cache.change([{ entity: 'savedView', id: owned(id).id, fields: { retired: true } }], user.id);
    },
  };
}

/** A view of a newer desk may ask for what this one does not know: that is left out. */
function shown({ filter, sort, ...view }: SavedViewRow): TicketViewOfList {
  const { id, ownerId, ownerName, name, shared } = view;
  const known = Object.entries(filter).flatMap(([field, value]) => {
    const schema: z.ZodType | undefined = Reflect.get(ticketFilterSchema.shape, field);
    return schema?.safeParse(value).success ? [[field, value]] : [];
  });
  const [by, direction] = sort.split(':');
  const sorted = ticketSortSchema.safeParse({ by, descending: direction === 'desc' });
  return {
    id,
    ownerId,
    ownerName,
    name,
    shared,
    filter: Object.fromEntries(known),
    sort: sorted.success ? sorted.data : usualSort,
  };
}

/** `dueAt:asc`, as it is stored. */
function sortText({ by, descending }: TicketQuery['sort']): string {
  return `${by}:${descending ? 'desc' : 'asc'}`;
}
