export interface NewsRunner {
  /** A transaction that moved a record has been committed somewhere. */
  heard(): void;
  close(): void;
}

const gatherMs = 20;
const askAgainMs = 200;

/**
 * Gather notifications into one piece of news. Records held back by an older transaction that is still
 * running make news again when that has ended, also where it ends without a word (rolled back).
 */
export function createNewsRunner(
  tell: () => void,
  hasHeldBack: () => Promise<boolean>,
): NewsRunner {
  let gathering: NodeJS.Timeout | null = null;
  let asking: NodeJS.Timeout | null = null;
  let closed = false;

  function heard(): void {
    if (closed) return;
    gathering ??= setTimeout(() => {
      gathering = null;
      tell();
      watchHeldBack();
    }, gatherMs);
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
      tell();
    }, askAgainMs);
  }

  return {
    heard,
    close() {
      closed = true;
      if (gathering) clearTimeout(gathering);
      if (asking) clearTimeout(asking);
    },
  };
}
