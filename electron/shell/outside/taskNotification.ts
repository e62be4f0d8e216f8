import type { Notification, NotificationConstructorOptions } from 'electron';
import type { Notice } from '#shared/contract/models.ts';
import type { Desk } from '../../core/desk.ts';
import type { Log } from '../../core/providers.ts';
import { fill, textsOf } from '../texts.ts';

export interface TaskNotificationOptions {
  newNotification(
    options: NotificationConstructorOptions,
  ): Pick<Notification, 'on' | 'show' | 'close'>;
  isSupported(): boolean;
  desk: Pick<Desk, 'listen' | 'snapshot'>;
  hasFocus(): boolean;
  showWindow(): void;
  /** Others see this screen: not what the task is about. */
  sharedScreen: boolean;
  icon: string;
  log: Log;
}

/**
 * Tells of a task that is due while the window is not in front, without a sound; gone when its notice is. While a call
 * is on, the window alone tells.
 */
export function notifyOfTasks(options: TaskNotificationOptions): { clear(): void } {
  const { desk, hasFocus, isSupported } = options;
  const shown = new Map<string, Pick<Notification, 'close'>>();

  function withdraw(noticeId: string): void {
    shown.get(noticeId)?.close();
    shown.delete(noticeId);
  }

  desk.listen((name, payload) => {
    if (name === 'notice.removed' && 'id' in payload) return withdraw(String(payload.id));
    if (name !== 'notice.added') return;
    const notice = payload as Notice;
    const isOfTask = notice.failure.code === 'task-due';
    const isTalking = desk.snapshot().calls.some(({ state }) => state !== 'ended');
    if (!isOfTask || isTalking || hasFocus() || !isSupported()) return;
    withdraw(notice.id);
    shown.set(notice.id, raise(notice, options));
  });

  return {
    clear() {
      for (const id of [...shown.keys()]) withdraw(id);
    },
  };
}

function raise(
  { failure }: Notice,
  { newNotification, desk, showWindow, sharedScreen, icon, log }: TaskNotificationOptions,
): Pick<Notification, 'close'> {
  const { task } = textsOf(desk.snapshot().settings.language);
  const { title, customerName } = failure.details ?? {};
  const words = [title, customerName].filter((word) => typeof word === 'string' && word !== '');
  const notification = newNotification({
    title: task.due,
    body: sharedScreen ? '' : fill(task.body, { task: words.join(' · ') }),
    icon,
    silent: true,
  });
  notification.on('click', showWindow);
  notification.on('failed', (_event, error) =>
    log.warn('a task could not be shown by the system', { error }),
  );
  notification.show();
  return notification;
}
