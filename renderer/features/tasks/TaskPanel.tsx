import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutputOf } from '#shared/contract/contract.ts';
import type { TaskView } from '#shared/contract/models/records.ts';
import type { Failure } from '#shared/result.ts';
import { useInvoke, useQuery, useRun } from '../../app/bridge.tsx';
import { keysOf, useShortcut } from '../../app/hotkeys.ts';
import { hrefOf } from '../../app/routes.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useMayDo } from '../../store/desk.ts';
import { tell, useDirtyForm } from '../../store/window.ts';
import { Button } from '../../ui/Button.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { deskNow } from '../../ui/clock.ts';
import { DueMark } from '../../ui/DueMark.tsx';
import { Select } from '../../ui/Select.tsx';
import { DraftMark } from '../fields/DraftMark.tsx';
import { FormFailure, FormFrame } from '../fields/FormFrame.tsx';
import { LongText } from '../fields/LongText.tsx';
import { useDraft } from '../fields/useDraft.ts';
import { WhenField } from '../fields/WhenField.tsx';
import { parseWhen } from '../fields/when.ts';
import { CallingLine } from '../visits/CallingLine.tsx';
import styles from './TasksPage.module.css';

const snoozesMs = { minutes: 15 * 60_000, hour: 3_600_000, day: 86_400_000 } as const;
const outcomes = ['reached', 'noAnswer', 'busy', 'wrongNumber'] as const;

function readNotes(stored: unknown): { notes: string } | null {
  if (typeof stored !== 'object' || stored === null || !('notes' in stored)) return null;
  return typeof stored.notes === 'string' ? { notes: stored.notes } : null;
}

/** One task: whom to call and when that is welcome, notes, putting it off, giving it away, ending it. */
export function TaskPanel({
  detail,
  onDone,
}: {
  detail: OutputOf<'tasks.get'>;
  onDone: () => void;
}) {
  const { t } = useTranslation('tasks');
  const { task, calling } = detail;
  const invoke = useInvoke();
  const mayWrite = useMayDo('tasks.write');
  const draft = useDraft(`task:${task.id}`, { notes: '' }, readNotes);
  useDirtyForm(`task:${task.id}`, draft.dirty);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [callId, setCallId] = useState<string | null>(null);
  const isOpen = task.state === 'open';

  const close = async (as: 'done' | 'cancelled') => {
    if (!isOpen || !mayWrite) return;
    const closed = await invoke('tasks.close', { taskId: task.id, as, notes: draft.value.notes });
    if (!closed.ok) return setFailure(closed.error);
    await draft.drop();
    tell(t(`told.${as}`));
    onDone();
  };
  useShortcut('work.save', () => void close('done'));

  return (
    <FormFrame
      label={t('task')}
      testId="task-panel"
      title={t(`kinds.${task.kind}`)}
      note={task.customerName}
      mark={<DraftMark draft={draft} />}
      onBlur={draft.flush}
      foot={
        <>
          {isOpen && mayWrite ? (
            <>
              <Button
                variant="solid"
                keys={keysOf('work.save')}
                data-testid="task-done"
                onClick={() => void close('done')}
              >
                {t('common:actions.done')}
              </Button>
              <Button data-testid="task-cancel" onClick={() => void close('cancelled')}>
                {t('notNeeded')}
              </Button>
            </>
          ) : null}
          <span className="grow" />
          <Button variant="ghost" onClick={onDone}>
            {t('common:actions.close')}
          </Button>
        </>
      }
    >
      <FormFailure title={t('notSaved')} failure={failure} />
      <div className={styles.fields}>
        <About task={task} />
        {task.kind === 'reminder' ? null : (
          <CallingLine calling={calling} customerId={task.customerId} onDialled={setCallId} />
        )}
        {isOpen && mayWrite ? <Tried task={task} callId={callId} /> : null}
        {isOpen && mayWrite ? <PutOff task={task} /> : null}
        {isOpen && mayWrite ? <Give task={task} /> : null}
        {isOpen ? (
          <LongText
            label={t('notes')}
            value={draft.value.notes}
            onChange={(notes) => draft.change({ notes })}
            testId="task-notes"
          />
        ) : null}
      </div>
    </FormFrame>
  );
}

function About({ task }: { task: TaskView }) {
  const { t } = useTranslation('tasks');
  const format = useFormat();
  return (
    <div className={styles.tries}>
      <p className="medium">{task.title}</p>
      <p className={styles.line}>
        <DueMark dueAt={task.dueAt} done={task.state !== 'open'} />
        <span className="small">
          {format.moment(task.dueAt)} · {task.ownerName}
          {task.doneAt === null
            ? ''
            : ` · ${t('doneBy', { name: task.doneBy ?? '', time: format.moment(task.doneAt) })}`}
        </span>
      </p>
      {task.ticketId ? <a href={hrefOf('tickets', task.ticketId)}>{t('ticket')}</a> : null}
      {task.notes ? <p className="muted">{task.notes}</p> : null}
      {task.attempts.map(({ at, outcome, byName }) => (
        <p key={at} className="small">
          {format.moment(at)} · {t(`outcomes.${outcome}`)} · {byName}
        </p>
      ))}
    </div>
  );
}

function Tried({ task, callId }: { task: TaskView; callId: string | null }) {
  const { t } = useTranslation('tasks');
  const run = useRun();
  return (
    <div className={styles.line}>
      <span className="small">{t('tried')}</span>
      {outcomes.map((outcome) => (
        <Chip
          key={outcome}
          data-testid={`tried-${outcome}`}
          onClick={() => void run('tasks.tried', { taskId: task.id, outcome, callId })}
        >
          {t(`outcomes.${outcome}`)}
        </Chip>
      ))}
    </div>
  );
}

function PutOff({ task }: { task: TaskView }) {
  const { t } = useTranslation('tasks');
  const run = useRun();
  const [when, setWhen] = useState('');
  const read = when.trim() === '' ? null : parseWhen(when, deskNow());
  const putOff = async (dueAt: number) => {
    if (await run('tasks.change', { taskId: task.id, dueAt })) setWhen('');
  };
  return (
    <div className={styles.actions}>
      <WhenField
        label={t('putOff')}
        placeholder={t('whenHint')}
        text={when}
        onChange={setWhen}
        testId="task-when"
      />
      {read?.ok ? (
        <Button size="sm" data-testid="task-put-off" onClick={() => void putOff(read.at)}>
          {t('putOffDo')}
        </Button>
      ) : null}
      {(['minutes', 'hour', 'day'] as const).map((span) => (
        <Chip
          key={span}
          data-testid={`snooze-${span}`}
          onClick={() => void putOff(deskNow() + snoozesMs[span])}
        >
          {t(`snooze.${span}`)}
        </Chip>
      ))}
    </div>
  );
}

function Give({ task }: { task: TaskView }) {
  const { t } = useTranslation('tasks');
  const run = useRun();
  const { data } = useQuery('tasks.takers', {}, ['user']);
  const active = (data ?? []).filter(({ active: isActive, id }) => isActive || id === task.ownerId);
  return (
    <div className={styles.line}>
      <span className="small">{t('owner')}</span>
      <Select
        aria-label={t('owner')}
        data-testid="task-owner"
        value={task.ownerId}
        options={active.map(({ id, name }) => ({ value: id, label: name }))}
        onChoose={(ownerId) => void run('tasks.assign', { taskId: task.id, ownerId })}
      />
    </div>
  );
}
