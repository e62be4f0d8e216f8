import type { Notification, NotificationConstructorOptions } from 'electron';
import type { Desk } from '../../core/desk.ts';
import type { Log } from '../../core/providers.ts';

/** What it takes to tell by the system while the window is not in front. Never with a sound of its own. */
export interface SystemNotificationOptions {
  newNotification(
    options: NotificationConstructorOptions,
  ): Pick<Notification, 'on' | 'show' | 'close'>;
  isSupported(): boolean;
  desk: Pick<Desk, 'listen' | 'snapshot'>;
  hasFocus(): boolean;
  showWindow(): void;
  /** Others see this screen: not what it is about. */
  sharedScreen: boolean;
  icon: string;
  log: Log;
}

export interface Words {
  title: string;
  body: string;
}

/** While a call is on, or the window is in front, the window alone tells. */
export function isForSystem({ desk, hasFocus, isSupported }: SystemNotificationOptions): boolean {
  const isTalking = desk.snapshot().calls.some(({ state }) => state !== 'ended');
  return !isTalking && !hasFocus() && isSupported();
}

/** Shows it; a click brings the window to the front. */
export function raise(
  { title, body }: Words,
  { newNotification, showWindow, icon, log }: SystemNotificationOptions,
): Pick<Notification, 'close'> {
  const notification = newNotification({ title, body, icon, silent: true });
  notification.on('click', showWindow);
  notification.on('failed', (_event, error) =>
    log.warn('a notification could not be shown by the system', { error }),
  );
  notification.show();
  return notification;
}
