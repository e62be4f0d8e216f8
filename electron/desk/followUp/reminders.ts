import type { TaskView } from '#shared/contract/models/records.ts';
import type { Notices } from '../../core/notices.ts';
import type { Logbook } from '../logbook.ts';
import type { FollowUpParts } from './parts.ts';

export type ReminderParts = Pick<FollowUpParts, 'cache' | 'clock' | 'user'> & {
  logbook: Pick<Logbook, 'enter'>;
};

const draftKey = 'reminders';
/** A longer wait does not fit into a timer of the system; looked at again then. */
const longestWaitMs = 86_400_000;

/** Names what is told, so that another time is told again. */
const wordOf = ({ id, dueAt, remindAt }: TaskView) => `${id} ${remindAt ?? dueAt}`;
const noticeId = (taskId: string) => `task:${taskId}`;

/** Id of the task that a notice is about; null for every other notice. */
function taskOfNotice(id: string): string | null {
  return /^task:(.+)$/u.exec(id)?.[1] ?? null;
}

/**
 * Tells the agent of own tasks when it is time, once, also over restarts of the desk; what became due meanwhile is told
 * at the start. A notice goes when its task is done, put off or somebody else's.
 */
export function followReminders(
  { cache, logbook, clock, user }: ReminderParts,
  notices: Notices,
): { look(): void; stop(): void } {
  let told = new Set(stored());
  let cancel: (() => void) | null = null;

  function stored(): string[] {
    const json = cache.draft(draftKey);
    if (json === null) return [];
    try {
      const words: unknown = JSON.parse(json);
      return Array.isArray(words) ? words.filter((word) => typeof word === 'string') : [];
    } catch {
      return [];
    }
  }

  function look(): void {
    cancel?.();
    const now = clock.now();
    const open = cache.tasks(user.id, 500);
    const due = open.filter(({ dueAt, remindAt }) => (remindAt ?? dueAt) <= now);
    const fresh = due.filter((task) => !told.has(wordOf(task)));
    withdraw(new Set(due.map(({ id }) => id)));
    const kept = [...told].filter((word) => open.some((task) => wordOf(task) === word));
    if (fresh.length > 0 || kept.length < told.size) {
      told = new Set([...kept, ...fresh.map(wordOf)]);
      const words = JSON.stringify([...told]);
      logbook.enter(() => cache.putDraft(draftKey, words));
    }
    for (const task of fresh) notices.add(noticeOf(task));
    wait(open, now);
  }

  function wait(open: readonly TaskView[], now: number): void {
    const times = open.map(({ dueAt, remindAt }) => remindAt ?? dueAt).filter((at) => at > now);
    const next = Math.min(...times);
    cancel = Number.isFinite(next) ? clock.after(Math.min(next - now, longestWaitMs), look) : null;
  }

  function withdraw(due: ReadonlySet<string>): void {
    for (const { id } of notices.list()) {
      const taskId = taskOfNotice(id);
      if (taskId !== null && !due.has(taskId)) notices.remove(id);
    }
  }

  look();
  return {
    look,
    stop() {
      cancel?.();
      withdraw(new Set());
    },
  };
}

function noticeOf({ id, title, customerName, dueAt }: TaskView) {
  const details = { title, customerName, dueAt, taskId: id };
  return {
    id: noticeId(id),
    level: 'info' as const,
    failure: { code: 'task-due' as const, message: 'a task is due', details },
  };
}
