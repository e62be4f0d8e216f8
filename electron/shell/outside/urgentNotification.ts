import type { Notification } from 'electron';
import type { BoardAlert } from '#shared/contract/methods/board.ts';
import type { NotificationView } from '#shared/contract/methods/ticketLists.ts';
import { textsOf } from '../texts.ts';
import {
  isForSystem,
  raise,
  type SystemNotificationOptions,
  type Words,
} from './systemNotification.ts';

/** Tells of a ticket that cannot wait, and of what is over a limit on the board. */
export function notifyOfUrgent(options: SystemNotificationOptions): { clear(): void } {
  const shown = new Set<Pick<Notification, 'close'>>();
  options.desk.listen((name, payload) => {
    const told = wordsOf(name, payload, options);
    if (told && isForSystem(options)) shown.add(raise(told, options));
  });
  return {
    clear() {
      for (const notification of shown) notification.close();
      shown.clear();
    },
  };
}

/** What the system is to say of an event; null: nothing. */
function wordsOf(
  name: string,
  payload: unknown,
  { desk, sharedScreen }: SystemNotificationOptions,
): Words | null {
  const { urgent } = textsOf(desk.snapshot().settings.language);
  if (name === 'notification.urgent') {
    const { kind, subject } = payload as NotificationView;
    const title = Object.entries(urgent).find(([one]) => one === kind)?.[1] ?? urgent.other;
    return { title, body: sharedScreen ? '' : subject };
  }
  if (name !== 'board.alerted') return null;
  const { title, text } = payload as BoardAlert;
  return sharedScreen ? { title: urgent.board, body: '' } : { title, body: text };
}
