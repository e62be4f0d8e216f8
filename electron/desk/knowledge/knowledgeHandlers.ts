import { mayDo } from '#shared/domain/permissions.ts';
import type { SignedInUser } from '#shared/sync/messages.ts';
import type { Cache } from '../../cache/cache.ts';
import type { Clock } from '../../core/providers.ts';
import type { Handlers } from '../../handler/handler.ts';
import { createArticles } from './articles.ts';
import { createFavourites } from './favourites.ts';
import { createScripts } from './scripts.ts';

type KnowledgeMethod = Extract<keyof Handlers, `knowledge.${string}` | `scripts.${string}`>;

/** What a window asks of articles and scripts; all of it is answered from this desk. */
export function knowledgeHandlers(options: {
  user: SignedInUser;
  cache: Cache;
  clock: Clock;
}): Pick<Handlers, KnowledgeMethod> {
  const { user, cache, clock } = options;
  const favourites = createFavourites(cache);
  const articles = createArticles({ user, cache, clock, favourites });
  const scripts = createScripts({ user, cache });
  const mayWrite = mayDo(user.role, 'knowledge.write');
  return {
    'knowledge.shelves': () => cache.knowledge.shelves(localDate(clock.now()), favourites.list()),
    'knowledge.list': ({ shelf, category, limit }) =>
      cache.knowledge.articles(
        { shelf, category, today: localDate(clock.now()), limit },
        favourites.list(),
      ),
    'knowledge.search': ({ text, limit }) => cache.search.articles(text, mayWrite, limit),
    'knowledge.suggest': (wish) => cache.search.suggestArticles(wish),
    'knowledge.get': ({ articleId }) => articles.detail(articleId),
    'knowledge.editions': ({ articleId }) => cache.knowledge.editions(articleId),
    'knowledge.favourite': ({ articleId, on }) => articles.favourite(articleId, on),
    'knowledge.feedback': (feedback) => articles.feedback(feedback),
    'knowledge.save': (wish) => articles.save(wish),
    'knowledge.retire': ({ articleId, on }) => articles.retire(articleId, on),
    'scripts.list': () => scripts.list(),
    'scripts.forCall': (call) => scripts.forCall(call),
    'scripts.save': (wish) => scripts.save(wish),
    'scripts.retire': ({ scriptId, on }) => scripts.retire(scriptId, on),
  };
}

/** Today on this machine, `YYYY-MM-DD`. */
function localDate(ms: number): string {
  const date = new Date(ms);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
