import type { Notification, NotificationConstructorOptions } from 'electron';
import type { BoardAlert } from '#shared/contract/methods/board.ts';
import type { NotificationView } from '#shared/contract/methods/ticketLists.ts';
import type { Desk } from '../../core/desk.ts';
import type { Log } from '../../core/providers.ts';
import { textsOf } from '../texts.ts';

export interface UrgentNotificationOptions {
  newNotification(
    options: NotificationConstructorOptions,
  ): Pick<Notification, 'on' | 'show' | 'close'>;
  isSupported(): boolean;
  desk: Pick<Desk, 'listen' | 'snapshot'>;
  hasFocus(): boolean;
  showWindow(): void;
  /** Others see this screen: not what the ticket, or who the agent is. */
  sharedScreen: boolean;
  icon: string;
  log: Log;
}

/** Tells of a ticket that cannot wait, and of what is over a limit on the board, while the window is not in front, without a sound; a call comes first. */
export function notifyOfUrgent(options: UrgentNotificationOptions): { clear(): void } {
  const { desk, hasFocus, isSupported } = options;
  const shown = new Set<Pick<Notification, 'close'>>();
  desk.listen((name, payload) => {
    const told = wordsOf(name, payload, options);
    if (!told) return;
    const isTalking = desk.snapshot().calls.some(({ state }) => state !== 'ended');
    if (isTalking || hasFocus() || !isSupported()) return;
    shown.add(raise(told, options));
  });
  return {
    clear() {
      for (const notification of shown) notification.close();
      shown.clear();
    },
  };
}

interface Words {
  title: string;
  body: string;
}

/** What the system is to say of an event; null: nothing. */
function wordsOf(
  name: string,
  payload: unknown,
  { desk, sharedScreen }: Pick<UrgentNotificationOptions, 'desk' | 'sharedScreen'>,
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

function raise(
  { title, body }: Words,
  { newNotification, showWindow, icon, log }: UrgentNotificationOptions,
): Pick<Notification, 'close'> {
  const notification = newNotification({ title, body, icon, silent: true });
  notification.on('click', showWindow);
  notification.on('failed', (_event, error) =>
    log.warn('a notification could not be shown by the system', { error }),
  );
  notification.show();
  return notification;
}
