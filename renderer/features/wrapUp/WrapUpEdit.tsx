import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JournalEntry } from '#shared/contract/models/records.ts';
import type { Failure } from '#shared/result.ts';
import { useInvoke } from '../../app/bridge.tsx';
import { keysOf, useShortcut } from '../../app/hotkeys.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useDirtyForm } from '../../store/window.ts';
import { Button } from '../../ui/Button.tsx';
import { deskNow } from '../../ui/clock.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { DraftMark } from '../fields/DraftMark.tsx';
import { FieldsLeft, FormFailure, FormFrame } from '../fields/FormFrame.tsx';
import { useDraft } from '../fields/useDraft.ts';
import { useUsedDispositions } from './useUsedDispositions.ts';
import { focusField, useWrapUpChoices, useWrapUpRefs } from './WrapUpBody.tsx';
import { WrapUpInputs } from './WrapUpInputs.tsx';
import styles from './wrapUp.module.css';
import { draftOf, fieldsOf, openFields, readWrapUpDraft } from './wrapUpFields.ts';

type SavedWrapUp = NonNullable<JournalEntry['wrapUp']>;

function fieldsOfSaved(wrapUp: SavedWrapUp) {
  const { dispositionId, result, notes, followUpAt, tags, ticketIds } = wrapUp;
  return fieldsOf({ dispositionId, result, notes, followUpAt, tags, ticketIds, customerId: null });
}

interface WrapUpEditProps {
  wrapUp: SavedWrapUp;
  /** Until when it may be changed, ms UTC. */
  until: number;
  onDone: () => void;
}

/**
 * A saved wrap-up in the hands of its author, while the centre's rules allow; what it was before is kept.
 * Closed without a word, it keeps what was typed as a draft.
 */
export function WrapUpEdit(props: WrapUpEditProps) {
  const { t } = useTranslation('wrapUp');
  return (
    <Dialog opened onClose={props.onDone} title={t('edit.title')} width={640}>
      <div className={styles.parked}>
        <EditForm {...props} />
      </div>
    </Dialog>
  );
}

function EditForm({ wrapUp, until, onDone }: WrapUpEditProps) {
  const { t } = useTranslation(['wrapUp', 'fields', 'common']);
  const format = useFormat();
  const invoke = useInvoke();
  const { callId } = wrapUp;
  const key = `wrapUpEdit:${callId}`;
  const initial = useMemo(() => fieldsOfSaved(wrapUp), [wrapUp]);
  const draft = useDraft(key, initial, readWrapUpDraft);
  const used = useUsedDispositions();
  const refs = useWrapUpRefs();
  const { choices, demands, ofCall, given } = useWrapUpChoices(callId, noTickets);
  const [tried, setTried] = useState(false);
  const [saving, setSaving] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const kept = { ...given, keptAt: wrapUp.followUpAt };
  const open = tried ? openFields(draft.value, deskNow(), kept) : [];
  useDirtyForm(key, draft.dirty);

  const save = async () => {
    if (saving) return;
    setTried(true);
    const [first] = openFields(draft.value, deskNow(), kept);
    if (first) {
      focusField(refs, first);
      return;
    }
    setSaving(true);
    setFailure(null);
    const changed = draftOf(draft.value, deskNow(), wrapUp.followUpAt);
    const result = await invoke('wrapUps.amend', { callId, draft: changed });
    setSaving(false);
    if (!result.ok) {
      setFailure(result.error);
      return;
    }
    await draft.drop();
    onDone();
  };
  useShortcut('work.save', () => void save());

  return (
    <FormFrame
      label={t('edit.region')}
      testId="wrap-up-edit"
      title={t('edit.until', { time: format.moment(until) })}
      mark={<DraftMark draft={draft} />}
      onBlur={draft.flush}
      foot={
        <>
          <Button
            variant="solid"
            keys={keysOf('work.save')}
            data-testid="wrap-up-edit-save"
            onClick={() => void save()}
          >
            {saving ? t('fields:saving') : t('edit.save')}
          </Button>
          <span className="grow" />
          <FieldsLeft count={open.length} />
          <Button variant="ghost" onClick={() => void draft.drop().then(onDone)}>
            {t('edit.cancel')}
          </Button>
        </>
      }
    >
      <FormFailure title={t('edit.notSaved')} failure={failure} />
      <WrapUpInputs
        draft={draft}
        used={used}
        refs={refs}
        notesFirst
        open={open}
        ticketIds={ofCall}
        choices={choices === null ? null : { ...choices, customerId: wrapUp.customerId }}
        demands={demands.filter((demand) => demand !== 'customer')}
      />
    </FormFrame>
  );
}

const noTickets: readonly string[] = [];
