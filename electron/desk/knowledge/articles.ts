import type { InputOf } from '#shared/contract/contract.ts';
import type { ArticleDetail, ArticleFields } from '#shared/contract/methods/knowledge.ts';
import { newId } from '#shared/domain/ids.ts';
import type { Article } from '#shared/domain/knowledge/knowledge.ts';
import { normalizeText } from '#shared/domain/text/text.ts';
import { DeskError } from '#shared/result.ts';
import type { SignedInUser } from '#shared/sync/messages.ts';
import type { Cache, LocalChange } from '../../cache/cache.ts';
import type { Clock } from '../../core/providers.ts';
import type { createFavourites } from './favourites.ts';

export interface ArticleOptions {
  user: SignedInUser;
  cache: Cache;
  clock: Clock;
  favourites: ReturnType<typeof createFavourites>;
}

/** Articles: what an editor writes, and what readers say of them. */
export function createArticles({ user, cache, clock, favourites }: ArticleOptions) {
  function detail(articleId: string): ArticleDetail {
    const found = cache.knowledge.article(articleId, user.id, favourites.list());
    if (!found) throw new DeskError('not-found', 'no such article here');
    return found;
  }

  function held(articleId: string): Article {
    const article = cache.record('article', articleId);
    if (!article) throw new DeskError('not-found', 'no such article here');
    return article;
  }

  function edition(articleId: string, { title, body, bodyVersion }: Article): LocalChange {
    const by = { at: clock.now(), byId: user.id, byName: user.name };
    return {
      entity: 'articleVersion',
      id: newId(),
      fields: { articleId, bodyVersion, title, body, ...by },
    };
  }

  return {
    detail,
    save({ articleId, fields, publish }: InputOf<'knowledge.save'>): ArticleDetail {
      const id = articleId ?? newId();
      const before = articleId === null ? null : held(articleId);
      // What everybody reads changes by being published, and in no other way.
      if (before?.state === 'published' && !publish) {
        throw new DeskError('state-not-allowed', 'a published article is changed by publishing it');
      }
      const article = written(fields, before, publish, { at: clock.now(), byId: user.id });
      const changes: LocalChange[] = [{ entity: 'article', id, fields: article }];
      if (publish) changes.push(edition(id, article));
      cache.change(changes, user.id);
      return detail(id);
    },
    retire(articleId: string, on: boolean): ArticleDetail {
      const { state } = held(articleId);
      const next = on ? 'retired' : 'draft';
      if ((state === 'retired') !== on) {
        const by = { updatedAt: clock.now(), updatedBy: user.id };
        cache.change(
          [{ entity: 'article', id: articleId, fields: { state: next, ...by } }],
          user.id,
        );
      }
      return detail(articleId);
    },
    feedback({ articleId, helped, note, callId }: InputOf<'knowledge.feedback'>): ArticleDetail {
      held(articleId);
      const fields = { articleId, helped, note: normalizeText(note), callId };
      const by = { at: clock.now(), byId: user.id };
      cache.change(
        [{ entity: 'articleFeedback', id: newId(), fields: { ...fields, ...by } }],
        user.id,
      );
      return detail(articleId);
    },
    favourite(articleId: string, on: boolean): ArticleDetail {
      held(articleId);
      favourites.set(articleId, on);
      return detail(articleId);
    },
  };
}

/** An article as it is written now; each publication of it is an edition with a number of its own. */
function written(
  fields: ArticleFields,
  before: Article | null,
  publish: boolean,
  { at, byId }: { at: number; byId: string },
): Article {
  const wasPublished = before !== null && before.state !== 'draft';
  return {
    title: normalizeText(fields.title).trim(),
    language: fields.language,
    body: normalizeText(fields.body),
    category: normalizeText(fields.category).trim(),
    keywords: fields.keywords
      .map((word) => normalizeText(word).trim())
      .filter((word) => word !== ''),
    ticketCategoryIds: fields.ticketCategoryIds,
    queueIds: fields.queueIds,
    reviewOn: fields.reviewOn,
    state: publish ? 'published' : 'draft',
    bodyVersion: (before?.bodyVersion ?? 1) + (wasPublished && publish ? 1 : 0),
    updatedAt: at,
    updatedBy: byId,
  };
}
