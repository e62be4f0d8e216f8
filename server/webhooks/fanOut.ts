import { v7 as uuidv7 } from 'uuid';
import type { Store } from '../store/store.ts';
import {
  hasNotedChanges,
  insertEvents,
  takeNotedChanges,
} from '../store/webhooks/webhookOutbox.ts';
import { activeReceivers } from '../store/webhooks/webhooks.ts';
import { eventsOf } from './events.ts';

const atOnce = 500;

/**
 * Turn what the outbox has noted into events and deliveries, in the order of the commits. What is taken and what
 * comes of it are one transaction: nothing is lost or doubled by a crash, whichever node does it. Answers whether
 * something is left that an older transaction holds back, until that has ended.
 */
export async function fanOut({ db }: Store, now: () => number): Promise<boolean> {
  while (await hasNotedChanges(db)) {
    const taken = await db.transaction().execute(async (tx) => {
      const changes = await takeNotedChanges(tx, atOnce);
      const nowMs = now();
      const receivers = await activeReceivers(tx, nowMs);
      const told = changes.flatMap(eventsOf).map((event) => ({
        event,
        to: receivers.filter(({ events }) => events.includes(event.type)),
      }));
      const events = told.filter(({ to }) => to.length > 0).map(({ event }) => event);
      const deliveries = told.flatMap(({ event, to }) =>
        to.map((receiver) => ({ id: uuidv7(), webhookId: receiver.id, eventId: event.id })),
      );
      if (deliveries.length > 0) await insertEvents(tx, events, deliveries, nowMs);
      return changes.length;
    });
    if (taken === 0) return true;
  }
  return false;
}
