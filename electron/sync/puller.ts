import { maxPullChanges } from '#shared/sync/messages.ts';
import type { CacheSync } from '../cache/cache.ts';
import type { Log } from '../core/providers.ts';
import type { Timed } from './timedAnswers.ts';
import type { PulledPage, Transport } from './transport.ts';

/** Fetches what is new for this desk, page by page. */
export interface Puller {
  /** Applies one page. True where there is more to pull. Throws what the transport throws. */
  pullPage(transport: Transport): Promise<boolean>;
  /** There is news: a page that was asked for before may not hold what it is about. */
  noteNews(): void;
  /** What was asked for ahead is not wanted any more. */
  forget(): void;
}

export interface PullerOptions {
  log: Log;
  timed: Timed;
  /** False: the session of this transport is over. */
  isCurrent(transport: Transport): boolean;
  /** A page of the first sync is there, and there are more. */
  firstSyncGoesOn(): void;
}

/** The next page, asked for while the one before is applied. */
interface PageAhead {
  transport: Transport;
  cursor: string | null;
  page: Promise<PulledPage>;
  /** There was news since it was asked for. */
  isOfBefore: boolean;
}

export function createPuller(
  cache: CacheSync,
  { log, timed, isCurrent, firstSyncGoesOn }: PullerOptions,
): Puller {
  let ahead: PageAhead | null = null;

  function ask(
    transport: Transport,
    cursor: string | null,
    lineage: string | null,
  ): Promise<PulledPage> {
    return timed(() => transport.pull(cursor, lineage, maxPullChanges));
  }

  /** One page and no more, so that memory stays small. */
  function askAhead(transport: Transport, { cursor, lineage }: PulledPage): void {
    const page = ask(transport, cursor, lineage ?? cache.lineage());
    // Who wants it hears of it; where nobody does, nothing is lost.
    page.catch(() => {});
    ahead = { transport, cursor, page, isOfBefore: false };
  }

  function takeAhead(transport: Transport, cursor: string | null): PageAhead | null {
    const asked = ahead;
    ahead = null;
    return asked?.transport === transport && asked.cursor === cursor ? asked : null;
  }

  return {
    async pullPage(transport) {
      const cursor = cache.cursor();
      const asked = takeAhead(transport, cursor);
      const page = await (asked?.page ?? ask(transport, cursor, cache.lineage()));
      if (page.restarted) {
        log.warn(
          'the server has lost records that this desk has seen: everything is fetched again',
        );
        cache.beginAgain();
      }
      if (page.more && isCurrent(transport)) askAhead(transport, page);
      const { changes, serverTime, scope, total } = page;
      if (changes.length > 0 || page.cursor !== cursor || scope !== cache.scope()) {
        await cache.apply(changes, page.cursor, serverTime, { scope, total });
      }
      // After the page: a desk that dies in between asks once more.
      if (page.lineage && page.lineage !== cache.lineage()) cache.setLineage(page.lineage);
      if (!cache.firstSyncDone()) {
        if (page.more) firstSyncGoesOn();
        else cache.markFirstSyncDone();
      }
      return page.more || asked?.isOfBefore === true;
    },
    noteNews() {
      if (ahead) ahead.isOfBefore = true;
    },
    forget() {
      ahead = null;
    },
  };
}
