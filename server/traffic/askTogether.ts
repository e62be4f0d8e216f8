/** So many questions are on their way side by side: one that gets stuck does not hold up all that come after it. */
const mostQuestions = 2;

interface Question<V> {
  keys: Set<string>;
  found: PromiseWithResolvers<ReadonlyMap<string, V>>;
}

/**
 * Looks one thing up where many ask at once: keys that come in one turn of the event loop, or while others are being
 * asked for, go together in the next question. It begins after they came, so nobody is told anything older than by a
 * question of its own. `ask` resolves with what there is, by key; where it fails, it fails for all of its keys.
 */
export function askTogether<V>(
  ask: (keys: string[]) => Promise<ReadonlyMap<string, V>>,
): (key: string) => Promise<V | null> {
  let next: Question<V> | null = null;
  let running = 0;

  function begin(): void {
    if (!next || running >= mostQuestions) return;
    const { keys, found } = next;
    next = null;
    running += 1;
    const answer = ask([...keys]).finally(() => {
      running -= 1;
      begin();
    });
    found.resolve(answer);
  }

  return async (key) => {
    if (!next) {
      next = { keys: new Set(), found: Promise.withResolvers() };
      setImmediate(begin);
    }
    next.keys.add(key);
    return (await next.found.promise).get(key) ?? null;
  };
}
