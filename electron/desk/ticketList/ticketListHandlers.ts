import type { TicketQuery } from '#shared/contract/methods/ticketLists.ts';
import type { Configuration } from '#shared/domain/configuration.ts';
import type { Language } from '#shared/domain/text/text.ts';
import type { ListWish } from '../../cache/ticketList/ticketList.ts';
import type { Handlers } from '../../handler/handler.ts';
import { done } from '../done.ts';
import type { TicketParts } from '../tickets/parts.ts';
import { bulk } from './bulk.ts';
import { createTicketViews } from './views.ts';

type ListMethod = Extract<
  keyof Handlers,
  `ticketList.${string}` | `ticketViews.${string}` | `notifications.${string}`
>;

/** What a window asks of lists of tickets, of the views of them, and of what its user was told. */
export function ticketListHandlers(
  options: TicketParts & { configuration(): Configuration | null; language(): Language },
): Pick<Handlers, ListMethod> {
  const { user, cache, clock } = options;
  const views = createTicketViews(options);

  function namesNow(): ListWish['names'] {
    const language = options.language();
    const { teams } = cache.part('teams');
    return {
      ...namesOf(options.configuration(), language),
      teams: Object.fromEntries(teams.map(({ id, name }) => [id, name[language]])),
    };
  }

  function wished({ filter, sort }: TicketQuery): Omit<ListWish, 'from' | 'count'> {
    const looker = { userId: user.id, now: clock.now() };
    return { filter, sort, looker, names: namesNow() };
  }

  return {
    'ticketList.query': ({ from, count, ...query }) =>
      cache.search.tickets.list({ ...wished(query), from, count }),
    'ticketList.ids': (query) => cache.search.tickets.ids(wished(query)),
    'ticketList.bulk': (given) => bulk(options, given),
    'ticketList.tags': () => cache.search.tickets.tags(),
    'ticketViews.list': () => views.list(),
    'ticketViews.save': (given) => views.save(given),
    'ticketViews.remove': ({ id }) => done(views.remove(id)),
    'notifications.list': ({ limit }) => ({
      unread: cache.notifications.unread(),
      entries: cache.notifications.list(limit),
    }),
    'notifications.read': ({ ids }) => {
      const readAt = clock.now();
      const unread = new Set(cache.notifications.unreadIds(1_000));
      const read = (ids ?? [...unread]).filter((id) => unread.has(id));
      if (read.length === 0) return {};
      const changes = read.map((id) => ({
        entity: 'notification' as const,
        id,
        fields: { readAt },
      }));
      return done(cache.change(changes, user.id));
    },
  };
}

function namesOf(configuration: Configuration | null, language: Language) {
  const categories = configuration?.ticketCategories ?? [];
  const queues = configuration?.queues ?? [];
  return {
    categories: Object.fromEntries(
      categories.map(({ id, path }) => [id, path.map((part) => part[language]).join(' ')]),
    ),
    queues: Object.fromEntries(queues.map(({ id, name }) => [id, name[language]])),
  };
}
