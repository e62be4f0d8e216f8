import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NewTask } from '#shared/contract/methods/tasks.ts';
import { maxLineLength } from '#shared/domain/primitives.ts';
import type { Failure } from '#shared/result.ts';
import { useInvoke } from '../../app/bridge.tsx';
import { keysOf, useShortcut } from '../../app/hotkeys.ts';
import { tell, useDirtyForm, useWindow } from '../../store/window.ts';
import { Button } from '../../ui/Button.tsx';
import { deskNow } from '../../ui/clock.ts';
import { Field } from '../../ui/Field.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { DraftMark } from '../fields/DraftMark.tsx';
import { FieldsLeft, FormFailure, FormFrame } from '../fields/FormFrame.tsx';
import { LongText } from '../fields/LongText.tsx';
import { useDraft } from '../fields/useDraft.ts';
import { WhenField } from '../fields/WhenField.tsx';
import { parseWhen } from '../fields/when.ts';
import styles from './TasksPage.module.css';

const kinds = ['callBack', 'promise', 'care', 'reminder'] as const;
type Kind = NewTask['kind'];

interface Fields {
  kind: Kind;
  title: string;
  number: string;
  when: string;
  notes: string;
}
const empty: Fields = { kind: 'callBack', title: '', number: '', when: '', notes: '' };

function readFields(stored: unknown): Partial<Fields> | null {
  if (typeof stored !== 'object' || stored === null) return null;
  const texts = Object.entries(stored).filter(
    ([name, value]) => name in empty && typeof value === 'string',
  );
  const kind = kinds.find((one) => 'kind' in stored && stored.kind === one) ?? 'callBack';
  return { ...Object.fromEntries(texts), kind };
}

/** A call-back or another task of one's own; for the customer whose card is open, if one is. */
export function NewTaskForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('tasks');
  const invoke = useInvoke();
  const customerId = useWindow((state) => state.customerId);
  const draft = useDraft('task:new', empty, readFields);
  useDirtyForm('task:new', draft.dirty);
  const [tried, setTried] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const titleBox = useRef<HTMLInputElement>(null);
  useEffect(() => titleBox.current?.focus(), []);
  const { kind, title, number, when, notes } = draft.value;
  const read = when.trim() === '' ? null : parseWhen(when, deskNow());
  const noTitle = title.trim() === '';
  const noTime = !read?.ok;
  const left = Number(noTitle) + Number(noTime);

  const save = async () => {
    setTried(true);
    if (noTitle) titleBox.current?.focus();
    if (left > 0 || !read?.ok) return;
    const made = await invoke('tasks.create', {
      ...{ kind, title, customerId, notes, dueAt: read.at, remindAt: null, ownerId: null },
      ...{ numberRaw: number.trim() === '' ? null : number, ticketId: null, callId: null },
    });
    if (!made.ok) return setFailure(made.error);
    await draft.drop();
    tell(t('told.made'));
    onDone();
  };
  useShortcut('work.save', () => void save());

  return (
    <FormFrame
      label={t('new')}
      testId="task-form"
      title={t('new')}
      mark={<DraftMark draft={draft} />}
      onBlur={draft.flush}
      foot={
        <>
          <Button
            variant="solid"
            keys={keysOf('work.save')}
            data-testid="task-save"
            onClick={() => void save()}
          >
            {t('common:actions.save')}
          </Button>
          <span className="grow" />
          <FieldsLeft count={tried ? left : 0} />
          <Button variant="ghost" onClick={onDone}>
            {t('common:actions.cancel')}
          </Button>
        </>
      }
    >
      <FormFailure title={t('notSaved')} failure={failure} />
      <div className={styles.fields}>
        <Field label={t('kind')}>
          {(control) => (
            <Select
              {...control}
              value={kind}
              options={kinds.map((one) => ({ value: one, label: t(`kinds.${one}`) }))}
              onChoose={(one) => draft.change({ kind: one })}
            />
          )}
        </Field>
        <Field label={t('what')} required error={tried && noTitle ? t('whatNeeded') : null}>
          {(control) => (
            <TextField
              {...control}
              ref={titleBox}
              maxLength={maxLineLength}
              data-testid="task-title"
              value={title}
              onChange={(event) => draft.change({ title: event.currentTarget.value })}
            />
          )}
        </Field>
        <Field label={t('number')} note={t('common:optional')}>
          {(control) => (
            <TextField
              {...control}
              inputMode="tel"
              maxLength={100}
              data-testid="task-number"
              value={number}
              onChange={(event) => draft.change({ number: event.currentTarget.value })}
            />
          )}
        </Field>
        <WhenField
          label={t('due')}
          required
          placeholder={t('whenHint')}
          text={when}
          onChange={(text) => draft.change({ when: text })}
          error={tried && noTime ? t('dueNeeded') : null}
          testId="task-due"
        />
        <LongText
          label={t('notes')}
          note={t('common:optional')}
          value={notes}
          onChange={(text) => draft.change({ notes: text })}
        />
      </div>
    </FormFrame>
  );
}
