import type { NotificationView } from '#shared/contract/methods/ticketLists.ts';
import type { EventHub } from '../../core/events.ts';
import type { HelpService } from './helpRequests.ts';
import type { InterventionParts } from './parts.ts';

/** What is older when it arrives is only listed: the desk was away, ms. */
const freshMs = 3_600_000;
/** So many of the newest are looked at. */
const looked = 50;

/** Tells the shell once of each urgent message, and of each request for help that calls for this user. */
export function followAttention({
  user,
  cache,
  clock,
  events,
  help,
}: InterventionParts & {
  events: Pick<EventHub, 'emit'>;
  help: Pick<HelpService, 'calling'>;
}): () => void {
  const reads = cache.intervention;

  function urgentMessages(): NotificationView[] {
    return reads
      .inbox(looked)
      .filter(({ priority, readAt }) => priority === 'urgent' && readAt === null)
      .map(({ id, sentAt, text, senderName }) => ({
        ...common,
        ...{ id, kind: 'message.urgent', at: sentAt },
        ...{ subject: text.slice(0, shownSubject), byName: senderName },
      }));
  }

  function requests(): NotificationView[] {
    return help.calling().map(({ id, askedAt, agentName, note }) => ({
      ...common,
      ...{ id, kind: 'help.asked', at: askedAt },
      ...{ subject: note === '' ? agentName : `${agentName}: ${note}`.slice(0, shownSubject) },
      byName: agentName,
    }));
  }

  const common = { userId: user.id, ticketId: null, taskId: null, readAt: null };
  const known = new Set([...urgentMessages(), ...requests()].map(({ id }) => id));

  return cache.listen((entities, local) => {
    if (local) return;
    const found = [
      ...(entities.includes('message') ? urgentMessages() : []),
      ...(entities.includes('helpRequest') ? requests() : []),
    ];
    for (const one of found) {
      if (known.has(one.id)) continue;
      known.add(one.id);
      if (clock.now() - one.at < freshMs) events.emit('notification.urgent', one);
    }
  });
}

const shownSubject = 200;
