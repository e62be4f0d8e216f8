import { localDate } from '#shared/domain/localDate.ts';
import type { HomeCountry } from '#shared/domain/numbers/types.ts';
import { formFieldsOf } from '#shared/domain/settings/customerForm.ts';
import type { SignedInUser } from '#shared/sync/messages.ts';
import type { Cache } from '../../cache/cache.ts';
import type { Clock } from '../../core/providers.ts';
import type { Handlers } from '../../handler/handler.ts';
import { readable, withReadableHint } from '../customers/readable.ts';
import { done } from '../done.ts';
import { createBulk } from './bulk.ts';
import { createMerging } from './merging.ts';

export interface QualityOptions {
  user: SignedInUser;
  cache: Cache;
  clock: Clock;
  home(): HomeCountry;
}

type QualityMethod = Extract<keyof Handlers, `quality.${string}` | `search.${string}`>;

/** What a window asks of search and of the quality of data. */
export function qualityHandlers(options: QualityOptions): Pick<Handlers, QualityMethod> {
  const { cache, clock } = options;
  const merging = createMerging(options);
  const bulk = createBulk(options);

  return {
    'search.everything': async ({ text, limit }) => {
      const found = await cache.search.everything(text, limit);
      return { ...found, customers: withReadableHint(found.customers, options.home()) };
    },
    'quality.duplicates': async ({ after }) => {
      const { found, next, share } = await cache.walks.duplicates(after);
      const shown = <C extends { reach: string | null }>(one: C): C => ({
        ...one,
        reach: one.reach && readable(one.reach, options.home()),
      });
      const pairs = found.map((pair) => ({ ...pair, a: shown(pair.a), b: shown(pair.b) }));
      return { pairs, next, share };
    },
    'quality.notDuplicate': (pair) => done(merging.notDuplicate(pair)),
    'quality.mergePreview': merging.preview,
    'quality.merge': merging.merge,
    'quality.undoMerge': ({ mergeId }) => merging.undo(mergeId),
    'quality.merges': ({ customerId }) => merging.merges(customerId),
    'quality.stale': async ({ valueClass, after }) => {
      const older = cache.configuration()?.profileFields ?? [];
      const fields = formFieldsOf(cache.part('customerForm'), older);
      const today = localDate(clock.now());
      const { found, next, share } = await cache.walks.stale({ valueClass, fields, today, after });
      return { customers: found, next, share };
    },
    'quality.bulkPreview': ({ filter, act, after }) => bulk.preview({ filter, act, after }),
    'quality.bulkRun': (step) => bulk.run(step),
    'quality.bulkRuns': () => bulk.runs(),
    'quality.bulkUndo': ({ runId }) => bulk.undo(runId),
  };
}
