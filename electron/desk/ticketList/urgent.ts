import { type NotificationKind, urgentKinds } from '#shared/domain/notification.ts';
import type { Cache } from '../../cache/cache.ts';
import type { EventHub } from '../../core/events.ts';
import type { Clock } from '../../core/providers.ts';

/** What is older when it arrives is only listed: the desk was away, ms. */
const freshMs = 3_600_000;
/** So many of the newest are looked at. */
const looked = 50;

/** Tells the shell of each urgent notification once, when it arrives. */
export function followUrgent({
  cache,
  clock,
  events,
}: {
  cache: Pick<Cache, 'listen' | 'notifications'>;
  clock: Pick<Clock, 'now'>;
  events: Pick<EventHub, 'emit'>;
}): () => void {
  const known = new Set(cache.notifications.list(looked).map(({ id }) => id));
  return cache.listen((entities, local) => {
    if (local || !entities.includes('notification')) return;
    for (const notification of cache.notifications.list(looked)) {
      const { id, kind, at, readAt } = notification;
      if (known.has(id)) continue;
      known.add(id);
      const isFresh = clock.now() - at < freshMs;
      if (readAt === null && isFresh && isUrgent(kind))
        events.emit('notification.urgent', notification);
    }
  });
}

function isUrgent(kind: NotificationKind): boolean {
  return urgentKinds.has(kind);
}
