import { z } from 'zod';
import type { Cache } from '../../cache/cache.ts';

/** Where the favourites stand among what lives on this desk only. */
const draftKey = 'favourites:articles';
const most = 500;
const idsSchema = z.array(z.uuid());

/** Articles that this user wants at hand; they stay on this desk and outlive a crash, as drafts do. */
export function createFavourites(cache: Pick<Cache, 'draft' | 'putDraft'>) {
  function list(): string[] {
    const json = cache.draft(draftKey);
    if (json === null) return [];
    try {
      return idsSchema.safeParse(JSON.parse(json)).data ?? [];
    } catch {
      return [];
    }
  }
  return {
    list,
    set(articleId: string, on: boolean): void {
      const others = list().filter((id) => id !== articleId);
      cache.putDraft(draftKey, JSON.stringify(on ? [articleId, ...others].slice(0, most) : others));
    },
  };
}
