import type { Notification, NotificationConstructorOptions } from 'electron';
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
  /** Others see this screen: not what the ticket is about. */
  sharedScreen: boolean;
  icon: string;
  log: Log;
}

/** Tells of a ticket that cannot wait while the window is not in front, without a sound; a call comes first. */
export function notifyOfUrgent(options: UrgentNotificationOptions): { clear(): void } {
  const { desk, hasFocus, isSupported } = options;
  const shown = new Set<Pick<Notification, 'close'>>();
  desk.listen((name, payload) => {
    if (name !== 'notification.urgent') return;
    const isTalking = desk.snapshot().calls.some(({ state }) => state !== 'ended');
    if (isTalking || hasFocus() || !isSupported()) return;
    shown.add(raise(payload as NotificationView, options));
  });
  return {
    clear() {
      for (const notification of shown) notification.close();
      shown.clear();
    },
  };
}

function raise(
  { kind, subject }: NotificationView,
  { newNotification, desk, showWindow, sharedScreen, icon, log }: UrgentNotificationOptions,
): Pick<Notification, 'close'> {
  const { urgent } = textsOf(desk.snapshot().settings.language);
  const title = Object.entries(urgent).find(([name]) => name === kind)?.[1] ?? urgent.other;
  const notification = newNotification({
    title,
    body: sharedScreen ? '' : subject,
    icon,
    silent: true,
  });
  notification.on('click', showWindow);
  notification.on('failed', (_event, error) =>
    log.warn('a notification could not be shown by the system', { error }),
  );
  notification.show();
  return notification;
}
