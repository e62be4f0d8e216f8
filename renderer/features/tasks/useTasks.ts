import type { TaskFilter } from '#shared/contract/methods/tasks.ts';
import type { TaskView } from '#shared/contract/models/records.ts';
import { useQuery } from '../../app/bridge.tsx';
import { daysAgo } from '../../i18n/format.ts';

export const taskGroups = ['late', 'today', 'later', 'done'] as const;
export type TaskGroup = (typeof taskGroups)[number];

const mostTasks = 500;

/** Late, today, later, done; within each the earliest first, done ones the latest first. */
export function groupTasks<T extends TaskView>(
  tasks: readonly T[],
  now: number,
): Record<TaskGroup, T[]> {
  const groupOf = (task: T): TaskGroup => {
    if (task.state !== 'open') return 'done';
    if (task.dueAt < now) return 'late';
    return daysAgo(task.dueAt, now) === 0 ? 'today' : 'later';
  };
  const all: Record<TaskGroup, T[]> = { late: [], today: [], later: [], done: [] };
  const endOf = (task: T) => task.doneAt ?? task.dueAt;
  for (const task of [...tasks].sort((a, b) => a.dueAt - b.dueAt)) all[groupOf(task)].push(task);
  all.done.sort((a, b) => endOf(b) - endOf(a));
  return all;
}

export function useTasks(filter: TaskFilter) {
  return useQuery('tasks.view', { filter, limit: mostTasks }, ['task']);
}
