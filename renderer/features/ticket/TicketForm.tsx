import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeskCall } from '#shared/contract/models/calls.ts';
import type { Card, TicketView } from '#shared/contract/models/records.ts';
import type { Failure } from '#shared/result.ts';
import { useInvoke } from '../../app/bridge.tsx';
import { keysOf, useShortcut } from '../../app/hotkeys.ts';
import { useDirtyForm } from '../../store/window.ts';
import { Button } from '../../ui/Button.tsx';
import { deskNow } from '../../ui/clock.ts';
import { RepeatComplaint } from '../complaints/RepeatComplaint.tsx';
import { DraftMark } from '../fields/DraftMark.tsx';
import { FieldsLeft, FormFailure, FormFrame } from '../fields/FormFrame.tsx';
import { useDraft } from '../fields/useDraft.ts';
import { useWriting, withReference } from '../knowledge/writing.ts';
import { TemplateMenu } from '../ticketTemplates/TemplateMenu.tsx';
import { DueField } from './DueField.tsx';
import { OpenTicketHint } from './OpenTicketHint.tsx';
import { TicketFacts } from './TicketFacts.tsx';
import { TicketInputs } from './TicketInputs.tsx';
import { TicketSaved } from './TicketSaved.tsx';
import { emptyTicket, newTicketOf, openFields, readTicketDraft } from './ticketFields.ts';

export interface TicketFormProps {
  /** The call the ticket comes from; null when it is opened from a card. */
  call: DeskCall | null;
  customer: Card['customer'] | null;
  /** Called with the ticket once it is stored and seen, or with null when the form is left. */
  onDone: (ticket: TicketView | null) => void;
}

function useRefs() {
  const subject = useRef<HTMLInputElement>(null);
  const description = useRef<HTMLTextAreaElement>(null);
  const due = useRef<HTMLInputElement>(null);
  return useMemo(() => ({ subject, description, due }), []);
}

function Editor({
  call,
  customer,
  formKey,
  onSaved,
  onLeave,
}: {
  call: DeskCall | null;
  customer: Card['customer'] | null;
  formKey: string;
  onSaved: (ticket: TicketView) => void;
  onLeave: () => void;
}) {
  const { t } = useTranslation(['ticket', 'fields']);
  const invoke = useInvoke();
  const draft = useDraft(formKey, emptyTicket, readTicketDraft);
  const refs = useRefs();
  const [tried, setTried] = useState(false);
  const [saving, setSaving] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const customerId = customer?.id ?? call?.customerId ?? null;
  const open = tried ? openFields(draft.value, deskNow()) : [];
  useDirtyForm(formKey, draft.dirty);
  useWriting({
    form: formKey,
    ticketCategoryId: draft.value.categoryId,
    queueId: call?.queueId ?? null,
    text: `${draft.value.subject}\n${draft.value.description}`,
    insert: (reference) =>
      draft.change({ description: withReference(draft.value.description, reference) }),
  });
  useEffect(() => refs.subject.current?.focus(), [refs]);

  const save = async () => {
    if (saving) return;
    setTried(true);
    const [first] = openFields(draft.value, deskNow());
    if (first) {
      refs[first].current?.focus();
      return;
    }
    setSaving(true);
    setFailure(null);
    const from = { customerId, callId: call?.id ?? null };
    const result = await invoke('tickets.create', newTicketOf(draft.value, from, deskNow()));
    setSaving(false);
    if (!result.ok) {
      setFailure(result.error);
      return;
    }
    await draft.drop();
    onSaved(result.value);
  };
  const discard = () => void draft.drop().then(onLeave);
  useShortcut('work.save', () => void save());
  // The form is there already: its key leads into it.
  useShortcut('work.ticket', () => refs.subject.current?.focus());

  return (
    <FormFrame
      label={t('region')}
      testId="ticket-form"
      title={t('title')}
      note={call ? t('fromCall') : t('fromCard')}
      mark={
        <>
          <DraftMark draft={draft} />
          <span className="grow" />
          <TemplateMenu
            kind="ticket"
            ticketId={null}
            customerId={customerId}
            onFilled={({ subject, body }, { type, categoryId, priority }) => {
              draft.change({
                ...(type && { type }),
                ...(categoryId && { categoryId }),
                ...(priority && { priority }),
                ...(subject && { subject }),
                ...(body && { description: body }),
              });
              refs.subject.current?.focus();
            }}
          />
        </>
      }
      onBlur={draft.flush}
      foot={
        <>
          <Button
            variant="solid"
            keys={keysOf('work.save')}
            data-testid="ticket-save"
            onClick={() => void save()}
          >
            {saving ? t('fields:saving') : t('save')}
          </Button>
          <span className="grow" />
          <FieldsLeft count={open.length} />
          <Button variant="ghost" data-testid="ticket-discard" onClick={discard}>
            {t('discard')}
          </Button>
        </>
      }
    >
      <FormFailure title={t('errors.save')} failure={failure} />
      <TicketFacts call={call} customer={customer} />
      <OpenTicketHint customerId={customerId} categoryId={draft.value.categoryId} />
      <RepeatComplaint
        type={draft.value.type}
        customerId={customerId}
        categoryId={draft.value.categoryId}
      />
      <TicketInputs
        value={draft.value}
        change={draft.change}
        refs={refs}
        open={open}
        due={
          <DueField
            ticket={draft.value}
            customerClass={customer?.valueClass ?? null}
            onChange={(dueText) => draft.change({ dueText })}
            inputRef={refs.due}
          />
        }
        testId="ticket"
      />
    </FormFrame>
  );
}

/** A new ticket from a call or from a card; after saving it shows the number to tell the customer. */
export function TicketForm({ call, customer, onDone }: TicketFormProps) {
  const [saved, setSaved] = useState<TicketView | null>(null);
  const [round, setRound] = useState(0);
  const formKey = `ticket:${call?.id ?? customer?.id ?? 'new'}`;
  const callOver = call !== null && call.state === 'ended';

  // The stored ticket's number must not stand in the way of the wrap-up.
  useEffect(() => {
    if (saved && callOver) onDone(saved);
  }, [saved, callOver, onDone]);

  if (saved) {
    const another = () => {
      setSaved(null);
      setRound(round + 1);
    };
    return <TicketSaved ticket={saved} onClose={() => onDone(saved)} onAnother={another} />;
  }
  return (
    <Editor
      key={`${formKey}/${round}`}
      call={call}
      customer={customer}
      formKey={formKey}
      onSaved={setSaved}
      onLeave={() => onDone(null)}
    />
  );
}
