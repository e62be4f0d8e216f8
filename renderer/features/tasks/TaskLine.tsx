import {
  IconBell,
  IconCheck,
  IconFlag,
  IconHeart,
  IconPhone,
  IconPhoneCheck,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TaskView } from '#shared/contract/models/records.ts';
import { useRun } from '../../app/bridge.tsx';
import { goTo, hrefOf } from '../../app/routes.ts';
import { useDial } from '../../app/useDial.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useCallInBar, useMayDo, useTakesCalls } from '../../store/desk.ts';
import { openCustomer } from '../../store/window.ts';
import { Button } from '../../ui/Button.tsx';
import { DueMark } from '../../ui/DueMark.tsx';
import { Pill } from '../../ui/Pill.tsx';
import styles from './TaskLine.module.css';

const icons = {
  callBack: IconPhone,
  returnVisit: IconPhoneCheck,
  promise: IconFlag,
  care: IconHeart,
  reminder: IconBell,
} as const;

function Who({ task }: { task: TaskView }) {
  const { customerId, customerName } = task;
  if (!customerName) return null;
  if (customerId === null) return <span>{customerName}</span>;
  return (
    <button
      type="button"
      className={styles.link}
      onClick={() => {
        openCustomer(customerId);
        goTo('desk');
      }}
    >
      {customerName}
    </button>
  );
}

/** One task: what, for whom, by when, with the call and the tick right here. */
export function TaskLine({
  task,
  detailed = false,
  selected = false,
}: {
  task: TaskView & { numberDisplay?: string | null };
  detailed?: boolean;
  selected?: boolean;
}) {
  const { t } = useTranslation('tasks');
  const format = useFormat();
  const dial = useDial();
  const run = useRun();
  const busy = useCallInBar() !== null;
  const mayCall = useTakesCalls();
  const mayFinish = useMayDo('tasks.write');
  const [finishing, setFinishing] = useState(false);
  const { numberRaw, numberDisplay = numberRaw } = task;
  const Icon = icons[task.kind];
  // It ends with what the customer says.
  const isVisit = task.kind === 'returnVisit';

  async function finish(): Promise<void> {
    setFinishing(true);
    await run('tasks.finish', { taskId: task.id });
    setFinishing(false);
  }

  return (
    <li className={styles.line} data-testid="task" data-task-id={task.id} data-selected={selected}>
      <span className={styles.icon} title={t(`kinds.${task.kind}`)}>
        <Icon size={16} aria-hidden="true" />
        <span className="for-readers">{t(`kinds.${task.kind}`)}</span>
      </span>
      <div className="grow">
        <p className="medium cut" title={task.title}>
          <a href={hrefOf('tasks', task.id)} aria-current={selected ? 'true' : undefined}>
            {task.title}
          </a>
        </p>
        <p className={styles.second}>
          <Who task={task} />
          <span>{format.moment(task.dueAt)}</span>
          {detailed && numberDisplay ? <span>{numberDisplay}</span> : null}
          {detailed ? <span>{task.ownerName}</span> : null}
          {detailed && task.attempts.length > 0 ? (
            <span>{t('tries', { count: task.attempts.length })}</span>
          ) : null}
          {task.waiting ? <Pill tone="warn">{t('common:notSent')}</Pill> : null}
        </p>
      </div>
      <DueMark dueAt={task.dueAt} done={task.state === 'done'} />
      {task.state === 'open' && numberRaw && mayCall && !isVisit ? (
        <Button
          size="sm"
          icon={<IconPhone size={14} aria-hidden="true" />}
          disabled={busy}
          aria-label={t('callWho', { who: task.customerName ?? numberDisplay })}
          onClick={() => void dial(numberRaw, task.customerId)}
        >
          {t('common:actions.call')}
        </Button>
      ) : null}
      {task.state === 'open' && mayFinish && isVisit ? (
        <Button
          size="sm"
          icon={<IconPhoneCheck size={14} aria-hidden="true" />}
          data-testid="start-visit"
          onClick={() => goTo('tasks', task.id)}
        >
          {t('visit')}
        </Button>
      ) : null}
      {task.state === 'open' && mayFinish && !isVisit ? (
        <Button
          size="sm"
          icon={<IconCheck size={14} aria-hidden="true" />}
          disabled={finishing}
          data-testid="finish-task"
          onClick={() => void finish()}
        >
          {t('common:actions.done')}
        </Button>
      ) : null}
    </li>
  );
}
