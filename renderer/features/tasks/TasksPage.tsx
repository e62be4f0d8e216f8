import { IconChecklist } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TaskView } from '#shared/contract/models.ts';
import { useQuery } from '../../app/bridge.tsx';
import { daysAgo } from '../../i18n/format.ts';
import { useMayDo } from '../../store/desk.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { useNow } from '../../ui/clock.ts';
import { cx } from '../../ui/cx.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { TaskLine } from './TaskLine.tsx';
import styles from './TasksPage.module.css';

const groups = ['late', 'today', 'later', 'done'] as const;
type TaskGroup = (typeof groups)[number];

/** Late, today, later, done; within each the earliest first, done ones the latest first. */
export function groupTasks(tasks: readonly TaskView[], now: number): Record<TaskGroup, TaskView[]> {
  const sorted = [...tasks].sort((a, b) => a.dueAt - b.dueAt);
  const groupOf = (task: TaskView): TaskGroup => {
    if (task.state !== 'open') return 'done';
    if (task.dueAt < now) return 'late';
    return daysAgo(task.dueAt, now) === 0 ? 'today' : 'later';
  };
  const all: Record<TaskGroup, TaskView[]> = { late: [], today: [], later: [], done: [] };
  for (const task of sorted) all[groupOf(task)].push(task);
  all.done.reverse();
  return all;
}

/** Call-backs and everything else somebody has to do by a time. */
export function TasksPage() {
  const { t } = useTranslation('tasks');
  const mayWatch = useMayDo('team.watch');
  const [whose, setWhose] = useState<'mine' | 'all'>('mine');
  const tasks = useQuery('tasks.list', { whose, limit: 500 }, ['task']);
  const now = useNow();
  const grouped = groupTasks(tasks.data ?? [], now);
  return (
    <div className={styles.page} data-region="3">
      <header className={styles.header}>
        <h1>{t('title')}</h1>
        {mayWatch ? (
          <Segmented
            label={t('whose')}
            value={whose}
            onChange={setWhose}
            options={[
              { value: 'mine', label: t('mine') },
              { value: 'all', label: t('all') },
            ]}
          />
        ) : null}
      </header>
      {tasks.failure ? (
        <Banner
          tone="error"
          title={t(`errors:${tasks.failure.code}`)}
          actions={
            <Button size="sm" onClick={tasks.reload}>
              {t('common:actions.retry')}
            </Button>
          }
        />
      ) : null}
      <div className={cx(styles.body, 'scroll')}>
        {tasks.loading ? <Skeleton widths={[60, 50, 55]} /> : null}
        {tasks.data?.length === 0 ? (
          <EmptyState
            icon={<IconChecklist size={20} aria-hidden="true" />}
            title={t('empty')}
            text={t('emptyText')}
          />
        ) : null}
        {groups.map((group) =>
          grouped[group].length === 0 ? null : (
            <section key={group} className={styles.group}>
              <SectionHead title={t(`groups.${group}`)} count={grouped[group].length} />
              <ul>
                {grouped[group].map((task) => (
                  <TaskLine key={task.id} task={task} detailed />
                ))}
              </ul>
            </section>
          ),
        )}
      </div>
    </div>
  );
}
