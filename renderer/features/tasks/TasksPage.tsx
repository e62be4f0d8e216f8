import { IconChecklist, IconPlus, IconUserShare } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListedTask, TaskFilter } from '#shared/contract/methods/tasks.ts';
import { taskKinds } from '#shared/domain/task.ts';
import { useQuery } from '../../app/bridge.tsx';
import { goTo, useRoute } from '../../app/routes.ts';
import { useMayDo } from '../../store/desk.ts';
import { Button } from '../../ui/Button.tsx';
import { useNow } from '../../ui/clock.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Page } from '../../ui/Page.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Select } from '../../ui/Select.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { useSidePanel } from '../../ui/useSidePanel.ts';
import { ListFailed, OfflineMark } from '../tickets/ListStates.tsx';
import { VisitPanel } from '../visits/VisitPanel.tsx';
import { HandOver } from './HandOver.tsx';
import { NewTaskForm } from './NewTaskForm.tsx';
import { TaskLine } from './TaskLine.tsx';
import { TaskPanel } from './TaskPanel.tsx';
import styles from './TasksPage.module.css';
import { groupTasks, taskGroups, useTasks } from './useTasks.ts';

const usual: TaskFilter = { whose: 'mine', state: 'open', kinds: [], ownerId: null };
const newTask = 'new';
const handOver = 'hand-over';

function Filters({
  filter,
  onChange,
}: {
  filter: TaskFilter;
  onChange: (filter: TaskFilter) => void;
}) {
  const { t } = useTranslation('tasks');
  const change = (part: Partial<TaskFilter>) => onChange({ ...filter, ...part });
  const takers = useQuery('tasks.takers', filter.whose === 'team' ? {} : null, ['user']);
  return (
    <>
      <Segmented
        label={t('whose')}
        value={filter.whose}
        options={[
          { value: 'mine', label: t('mine') },
          { value: 'team', label: t('team') },
        ]}
        onChange={(whose) => change({ whose, ownerId: null })}
      />
      <Segmented
        label={t('state')}
        value={filter.state}
        options={[
          { value: 'open', label: t('open') },
          { value: 'closed', label: t('groups.done') },
        ]}
        onChange={(state) => change({ state })}
      />
      <Select
        aria-label={t('kind')}
        data-testid="task-kinds"
        value={filter.kinds[0] ?? ''}
        options={[
          { value: '', label: t('anyKind') },
          ...taskKinds.map((kind) => ({ value: kind, label: t(`kinds.${kind}`) })),
        ]}
        onChoose={(kind) => change({ kinds: kind === '' ? [] : [kind] })}
      />
      {filter.whose === 'team' ? (
        <Select
          aria-label={t('owner')}
          value={filter.ownerId ?? ''}
          options={[
            { value: '', label: t('anyOwner') },
            ...(takers.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChoose={(ownerId) => change({ ownerId: ownerId === '' ? null : ownerId })}
        />
      ) : null}
    </>
  );
}

/** The chosen task beside the list: with a hundred lines between them Tab would not get there. */
function Beside({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation('tasks');
  const { panel, close } = useSidePanel(onClose);
  return (
    <section {...panel} className={styles.beside} aria-label={t('task')}>
      <Detail id={id} onDone={close} />
    </section>
  );
}

function Detail({ id, onDone }: { id: string; onDone: () => void }) {
  const task = useQuery('tasks.get', { taskId: id }, ['task', 'customer']);
  const { t } = useTranslation('tasks');
  if (task.failure) {
    return <ListFailed title={t('failed')} failure={task.failure} onAgain={task.reload} />;
  }
  if (!task.data) return <Skeleton widths={[60, 80, 40]} />;
  if (task.data.task.kind === 'returnVisit')
    return <VisitPanel key={id} taskId={id} onDone={onDone} />;
  return <TaskPanel key={id} detail={task.data} onDone={onDone} />;
}

function Groups({
  tasks,
  selectedId,
}: {
  tasks: readonly ListedTask[];
  selectedId: string | null;
}) {
  const { t } = useTranslation('tasks');
  const now = useNow();
  const grouped = groupTasks(tasks, now);
  return taskGroups.map((group) =>
    grouped[group].length === 0 ? null : (
      <section key={group} className={styles.group}>
        <SectionHead title={t(`groups.${group}`)} count={grouped[group].length} />
        <ul>
          {grouped[group].map((task) => (
            <TaskLine key={task.id} task={task} detailed selected={task.id === selectedId} />
          ))}
        </ul>
      </section>
    ),
  );
}

/** Call-backs, return visits and everything else somebody has to do by a time. */
export function TasksPage() {
  const { t } = useTranslation('tasks');
  const { id } = useRoute();
  const mayLead = useMayDo('tickets.manage');
  const mayWrite = useMayDo('tasks.write');
  const [filter, setFilter] = useState(usual);
  const { data, failure, loading, reload } = useTasks(filter);
  const close = () => goTo('tasks');
  const side = () => {
    if (id === null) return null;
    if (id === newTask) return <NewTaskForm onDone={close} />;
    if (id === handOver) return mayLead ? <HandOver onDone={close} /> : null;
    return <Beside key={id} id={id} onClose={close} />;
  };
  return (
    <Page
      testId="tasks-page"
      label={t('title')}
      head={
        <>
          <OfflineMark />
          <span className="grow" />
          {mayLead ? (
            <Button
              icon={<IconUserShare size={16} aria-hidden="true" />}
              data-testid="hand-over-open"
              onClick={() => goTo('tasks', handOver)}
            >
              {t('handOver.open')}
            </Button>
          ) : null}
          {mayWrite ? (
            <Button
              icon={<IconPlus size={16} aria-hidden="true" />}
              data-testid="task-new"
              onClick={() => goTo('tasks', newTask)}
            >
              {t('new')}
            </Button>
          ) : null}
        </>
      }
      filters={<Filters filter={filter} onChange={setFilter} />}
      side={side()}
    >
      {failure ? <ListFailed title={t('failed')} failure={failure} onAgain={reload} /> : null}
      {loading ? <Skeleton widths={[60, 50, 55]} /> : null}
      {data?.tasks.length === 0 ? (
        <EmptyState
          icon={<IconChecklist size={20} aria-hidden="true" />}
          title={t('empty')}
          text={t('emptyText')}
        />
      ) : null}
      {data ? <Groups tasks={data.tasks} selectedId={id} /> : null}
      {data && data.total > data.tasks.length ? (
        <p className="small">{t('shown', { count: data.tasks.length, total: data.total })}</p>
      ) : null}
    </Page>
  );
}
