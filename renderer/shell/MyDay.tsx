import { useTranslation } from 'react-i18next';
import type { TaskView } from '#shared/contract/models/records.ts';
import { useQuery } from '../app/bridge.tsx';
import { hrefOf } from '../app/routes.ts';
import { daysAgo } from '../i18n/format.ts';
import { useFormat } from '../i18n/useFormat.ts';
import { useDesk, useTakesCalls } from '../store/desk.ts';
import { deskNow, useNow } from '../ui/clock.ts';
import { cx } from '../ui/cx.ts';
import styles from './MyDay.module.css';

const shownTasks = 6;

/** Open tasks due today or before, the earliest first. */
function tasksOfToday(tasks: readonly TaskView[], now: number): TaskView[] {
  return tasks
    .filter((task) => task.state === 'open' && daysAgo(task.dueAt, now) >= 0)
    .sort((a, b) => a.dueAt - b.dueAt);
}

function DueLine({ task, now }: { task: TaskView; now: number }) {
  const { t } = useTranslation('shell');
  const format = useFormat();
  const today = daysAgo(task.dueAt, now) === 0;
  const words = task.customerName ?? task.title;
  return (
    <li>
      <a href={hrefOf('tasks')} className={styles.line} title={task.title}>
        <time className={cx(task.dueAt < now && styles.late)}>
          {today ? format.time(task.dueAt) : format.shortDate(task.dueAt)}
        </time>
        <span className="cut">{t(`myDay.kinds.${task.kind}`, { who: words })}</span>
      </a>
    </li>
  );
}

/** The end of a break with a limit stands among the things due. */
function BreakLine() {
  const { t } = useTranslation('shell');
  const format = useFormat();
  const endsAt = useDesk((desk) => (desk.agent.state === 'break' ? desk.agent.breakEndsAt : null));
  const now = useNow();
  const takesCalls = useTakesCalls();
  if (endsAt === null || !takesCalls) return null;
  return (
    <p className={styles.line} data-testid="my-day-break">
      <time className={cx(endsAt < now && styles.late)}>{format.time(endsAt)}</time>
      <span className="cut">{t('myDay.breakEnds')}</span>
    </p>
  );
}

/** What this agent has to do today, beside the calls. */
export function MyDay() {
  const { t } = useTranslation('shell');
  const tasks = useQuery('tasks.list', { whose: 'mine', limit: 500 }, ['task']);
  const now = deskNow();
  const due = tasksOfToday(tasks.data ?? [], now);
  return (
    <section className={styles.day} aria-labelledby="my-day">
      <h2 id="my-day" className={styles.head}>
        {t('myDay.title')}
      </h2>
      <BreakLine />
      {due.length === 0 && tasks.data ? <p className={styles.none}>{t('myDay.none')}</p> : null}
      <ul>
        {due.slice(0, shownTasks).map((task) => (
          <DueLine key={task.id} task={task} now={now} />
        ))}
      </ul>
      {due.length > shownTasks ? (
        <a className={styles.more} href={hrefOf('tasks')}>
          {t('myDay.more', { count: due.length - shownTasks })}
        </a>
      ) : null}
    </section>
  );
}
