import type { EntityName } from '#shared/sync/entities.ts';
import type { Clock } from '../core/providers.ts';

/** Collects which entities changed and tells them together. */
export interface ChangeNews {
  add(entities: readonly EntityName[]): void;
  stop(): void;
}

/**
 * Long enough that the card of a ringing call is painted before lists are read again, short enough
 * that nobody sees it.
 */
const collectMs = 60;

export function createChangeNews(
  clock: Pick<Clock, 'after'>,
  tell: (entities: EntityName[]) => void,
): ChangeNews {
  const waiting = new Set<EntityName>();
  let cancel: (() => void) | null = null;

  function flush(): void {
    cancel = null;
    const entities = [...waiting];
    waiting.clear();
    tell(entities);
  }

  return {
    add(entities) {
      for (const entity of entities) waiting.add(entity);
      cancel ??= clock.after(collectMs, flush);
    },
    stop() {
      cancel?.();
      cancel = null;
      waiting.clear();
    },
  };
}
