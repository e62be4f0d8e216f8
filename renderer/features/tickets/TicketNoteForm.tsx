import { type RefObject, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import type { Failure } from '#shared/result.ts';
import { useInvoke } from '../../app/bridge.tsx';
import { useDirtyForm } from '../../store/window.ts';
import { Button } from '../../ui/Button.tsx';
import { matchesKeys } from '../../ui/keys.ts';
import { DraftMark } from '../fields/DraftMark.tsx';
import { FormFailure } from '../fields/FormFrame.tsx';
import { isTooLong, LongText } from '../fields/LongText.tsx';
import { useDraft } from '../fields/useDraft.ts';
import styles from './tickets.module.css';

interface NoteFields {
  note: string;
}

function readNoteDraft(stored: unknown): NoteFields | null {
  const read = z.object({ note: z.string() }).safeParse(stored);
  return read.success ? read.data : null;
}

const saveKeys = 'Ctrl+Enter';

/** An internal note for the ticket's history; kept as a draft until it is added. */
export function TicketNoteForm({
  ticketId,
  areaRef,
  onAdded,
}: {
  ticketId: string;
  areaRef: RefObject<HTMLTextAreaElement | null>;
  onAdded: () => void;
}) {
  const { t } = useTranslation(['tickets', 'fields']);
  const invoke = useInvoke();
  const key = `note:${ticketId}`;
  const draft = useDraft<NoteFields>(key, { note: '' }, readNoteDraft);
  const [empty, setEmpty] = useState(false);
  const [saving, setSaving] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const { note } = draft.value;
  useDirtyForm(key, note !== '');

  const add = async () => {
    if (saving) return;
    const missing = note.trim() === '';
    setEmpty(missing);
    if (missing || isTooLong(note)) {
      areaRef.current?.focus();
      return;
    }
    setSaving(true);
    const result = await invoke('tickets.note', { ticketId, note: note.normalize('NFC') });
    setSaving(false);
    setFailure(result.ok ? null : result.error);
    if (!result.ok) return;
    await draft.drop();
    onAdded();
  };

  return (
    <form
      className={styles.noteForm}
      data-testid="ticket-note-form"
      onSubmit={(event) => event.preventDefault()}
      onBlur={draft.flush}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing || !matchesKeys(event.nativeEvent, saveKeys)) return;
        event.preventDefault();
        event.stopPropagation();
        void add();
      }}
    >
      <FormFailure title={t('note.failed')} failure={failure} />
      <LongText
        label={t('note.label')}
        placeholder={t('note.placeholder')}
        value={note}
        onChange={(text) => draft.change({ note: text })}
        error={empty && note.trim() === '' ? t('note.empty') : null}
        areaRef={areaRef}
        testId="ticket-note"
      />
      <div className={styles.noteActions}>
        <Button keys={saveKeys} data-testid="ticket-note-add" onClick={() => void add()}>
          {saving ? t('fields:saving') : t('note.add')}
        </Button>
        <DraftMark draft={draft} />
      </div>
    </form>
  );
}
