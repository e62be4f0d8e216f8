export interface NewsRunner {
  /** A transaction that moved a record has been committed somewhere. */
  heard(): void;
  /** A pull has met records that are held back: whoever asked will be told when they are free. */
  metHeldBack(): void;
  close(): void;
}

const leastGatherMs = 20;
/** So long the pull of one desk keeps a node busy, about: a large house is told less often. */
const perDeskMs = 1;
/** Nobody learns of a change later than this because of others that came before it. */
const mostGatherMs = 500;
const askAgainMs = 200;

/** Time between two pieces of news for so many desks, ms: all have pulled before they are told again. */
export function gatherMs(desks: number): number {
  return Math.min(mostGatherMs, Math.max(leastGatherMs, desks * perDeskMs));
}

export interface NewsSource {
  /** Tell the desks of this node. */
  tell(): void;
  hasHeldBack(): Promise<boolean>;
  /** Make every node hear: a desk may pull from another node than the one that tells it. */
  announce(): Promise<void>;
  /** How many desks are told. */
  desks(): number;
}

/**
 * Tell the first notification at once, and gather those that come soon after it into one piece of news. Records held
 * back by an older transaction that is still running make news again when that has ended, also where it ends without
 * a word (rolled back): after each piece of news it is looked whether there are such records, and every pull says
 * whether it met some, for they may be free again before anybody has looked.
 */
export function createNewsRunner({ tell, hasHeldBack, announce, desks }: NewsSource): NewsRunner {
  let gathering: NodeJS.Timeout | null = null;
  let heardMore = false;
  let asking: NodeJS.Timeout | null = null;
  let closed = false;

  function heard(): void {
    if (closed) return;
    if (gathering) heardMore = true;
    else tellNow();
  }

  function tellNow(): void {
    heardMore = false;
    gathering = setTimeout(() => {
      gathering = null;
      if (heardMore) tellNow();
    }, gatherMs(desks()));
    tell();
    watchHeldBack();
  }

  async function stillHeldBack(): Promise<boolean> {
    try {
      return await hasHeldBack();
    } catch {
      return true;
    }
  }

  function watchHeldBack(): void {
    if (asking || closed) return;
    stillHeldBack().then((held) => {
      if (held) askAgain();
    });
  }

  function askAgain(): void {
    if (asking || closed) return;
    asking = setTimeout(async () => {
      const held = await stillHeldBack();
      asking = null;
      if (closed) return;
      if (held) return askAgain();
      announce().catch(heard);
    }, askAgainMs);
  }

  return {
    heard,
    metHeldBack: askAgain,
    close() {
      closed = true;
      if (gathering) clearTimeout(gathering);
      if (asking) clearTimeout(asking);
    },
  };
}
