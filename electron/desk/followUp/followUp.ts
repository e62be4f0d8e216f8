import type { DeskCall } from '#shared/contract/models/calls.ts';
import type { EventHub } from '../../core/events.ts';
import type { Notices } from '../../core/notices.ts';
import { followUpHandlers } from './followUpHandlers.ts';
import { createMissedCalls } from './missedCalls.ts';
import type { FollowUpParts } from './parts.ts';
import { followReminders, type ReminderParts } from './reminders.ts';

export interface FollowUpOptions extends FollowUpParts, ReminderParts {
  events: EventHub;
  notices: Notices;
}

/** Everything about following up, from sign-in to sign-out. */
export function beginFollowUp(options: FollowUpOptions) {
  const { cache, events, notices } = options;
  const reminders = followReminders(options, notices);
  const missedCalls = createMissedCalls(options);
  const stopCache = cache.listen((entities) => {
    if (entities.includes('task')) reminders.look();
  });
  const stopEvents = events.listen((name, payload) => {
    if (name === 'call.changed') missedCalls.reached(payload as DeskCall);
  });
  return {
    handlers: followUpHandlers(options),
    stop(): void {
      stopEvents();
      stopCache();
      reminders.stop();
    },
  };
}
