import type { Notification } from 'electron';
import type { Notice } from '#shared/contract/models/desk.ts';
import { fill, textsOf } from '../texts.ts';
import {
  isForSystem,
  raise,
  type SystemNotificationOptions,
  type Words,
} from './systemNotification.ts';

/** Tells of a task that is due; gone when its notice is. */
export function notifyOfTasks(options: SystemNotificationOptions): { clear(): void } {
  const shown = new Map<string, Pick<Notification, 'close'>>();

  function withdraw(noticeId: string): void {
    shown.get(noticeId)?.close();
    shown.delete(noticeId);
  }

  options.desk.listen((name, payload) => {
    if (name === 'notice.removed' && 'id' in payload) return withdraw(String(payload.id));
    if (name !== 'notice.added') return;
    const notice = payload as Notice;
    if (notice.failure.code !== 'task-due' || !isForSystem(options)) return;
    withdraw(notice.id);
    shown.set(notice.id, raise(wordsOf(notice, options), options));
  });

  return {
    clear() {
      for (const id of [...shown.keys()]) withdraw(id);
    },
  };
}

function wordsOf({ failure }: Notice, { desk, sharedScreen }: SystemNotificationOptions): Words {
  const { task } = textsOf(desk.snapshot().settings.language);
  const { title, customerName } = failure.details ?? {};
  const words = [title, customerName].filter((word) => typeof word === 'string' && word !== '');
  return {
    title: task.due,
    body: sharedScreen ? '' : fill(task.body, { task: words.join(' · ') }),
  };
}
