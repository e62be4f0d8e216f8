import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutboxEntry } from '#shared/contract/methods/outbox.ts';
import type { Failure } from '#shared/result.ts';
import { useInvoke } from '../../app/bridge.tsx';
import { keysOf, useShortcut } from '../../app/hotkeys.ts';
import { tell, useDirtyForm } from '../../store/window.ts';
import { Button } from '../../ui/Button.tsx';
import { deskNow } from '../../ui/clock.ts';
import { DraftMark } from '../fields/DraftMark.tsx';
import { FieldsLeft, FormFailure, FormFrame } from '../fields/FormFrame.tsx';
import { useDraft } from '../fields/useDraft.ts';
import { EditedField } from './EditedField.tsx';
import { editsOf, readTyped, type Typed, typedOf } from './editFields.ts';
import styles from './outbox.module.css';
import { editedFields } from './outboxFields.ts';
import { useRecordName } from './outboxWords.ts';

/** The form of a refused change, with what was refused filled in; saved, it is offered to the server again. */
export function RefusedEditor({ entry, onDone }: { entry: OutboxEntry; onDone: () => void }) {
  const { t } = useTranslation(['outbox', 'fields']);
  const invoke = useInvoke();
  const nameOf = useRecordName();
  const { operationId, entity, entityId, at, refusal } = entry;
  const fields = useMemo(() => editedFields(entry), [entry]);
  // A change that is offered again is another operation; what was typed stays with it if it is refused once more.
  const formKey = `outbox:${entity}:${entityId}:${at}`;
  const draft = useDraft<Typed>(formKey, typedOf(fields), readTyped);
  const boxes = useRef(new Map<string, HTMLElement>());
  const [open, setOpen] = useState<readonly string[]>([]);
  const [wrong, setWrong] = useState(refusal?.field ?? null);
  const [saving, setSaving] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  useDirtyForm(formKey, draft.dirty);

  const focus = (name: string | null | undefined) => boxes.current.get(name ?? '')?.focus();
  const first = refusal?.field ?? fields[0]?.name;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the form opens
  useEffect(() => focus(first), []);

  const send = async () => {
    if (saving) return;
    const edits = editsOf(fields, draft.value, deskNow());
    setOpen(edits.ok ? [] : edits.open);
    if (!edits.ok) {
      focus(edits.open[0]);
      return;
    }
    setSaving(true);
    setFailure(null);
    const changed = Object.keys(edits.fields).length > 0;
    const result = changed
      ? await invoke('outbox.edit', { operationId, fields: edits.fields })
      : await invoke('outbox.retry', { operationIds: [operationId] });
    setSaving(false);
    if (!result.ok) {
      const named = result.error.details?.field;
      setWrong(typeof named === 'string' ? named : null);
      setFailure(result.error);
      focus(typeof named === 'string' ? named : null);
      return;
    }
    await draft.drop();
    tell(t('refused.sentAgain'));
    onDone();
  };
  const leave = () => void draft.drop().then(onDone);
  useShortcut('work.save', () => void send());

  const errorOf = (name: string) => {
    if (open.includes(name)) return t('edit.needed');
    return name === wrong ? t('edit.notTaken') : null;
  };
  return (
    <FormFrame
      label={t('edit.region')}
      testId="outbox-editor"
      title={t('edit.title')}
      note={nameOf(entry)}
      mark={<DraftMark draft={draft} />}
      onBlur={draft.flush}
      foot={
        <>
          <Button
            variant="solid"
            keys={keysOf('work.save')}
            data-testid="outbox-send"
            onClick={() => void send()}
          >
            {saving ? t('fields:saving') : t('edit.send')}
          </Button>
          <span className="grow" />
          <FieldsLeft count={open.length} />
          <Button variant="ghost" data-testid="outbox-cancel" onClick={leave}>
            {t('edit.cancel')}
          </Button>
        </>
      }
    >
      <FormFailure title={t('edit.failed')} failure={failure} />
      <div className={styles.form}>
        {fields.map((field) => (
          <EditedField
            key={field.name}
            field={field}
            text={draft.value[field.name] ?? ''}
            error={errorOf(field.name)}
            onChange={(text) => {
              if (wrong === field.name) setWrong(null);
              draft.change({ [field.name]: text });
            }}
            boxRef={(box: HTMLElement | null) => {
              if (box) boxes.current.set(field.name, box);
              else boxes.current.delete(field.name);
            }}
          />
        ))}
      </div>
    </FormFrame>
  );
}
