import { type RefObject, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import type { TicketView } from '#shared/contract/models/records.ts';
import type { Failure } from '#shared/result.ts';
import { useInvoke } from '../../app/bridge.tsx';
import { useDirtyForm } from '../../store/window.ts';
import { Button } from '../../ui/Button.tsx';
import { matchesKeys } from '../../ui/keys.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { DraftMark } from '../fields/DraftMark.tsx';
import { FormFailure } from '../fields/FormFrame.tsx';
import { isTooLong, LongText } from '../fields/LongText.tsx';
import { sendKeys } from '../fields/SendForm.tsx';
import { useDraft } from '../fields/useDraft.ts';
import { TemplateMenu } from '../ticketTemplates/TemplateMenu.tsx';
import styles from './ticketPage.module.css';

const saidKinds = ['note', 'reply'] as const;
export type SaidKind = (typeof saidKinds)[number];

const draftSchema = z.object({ kind: z.enum(saidKinds), text: z.string() });
type Said = z.infer<typeof draftSchema>;

function readDraft(stored: unknown): Said | null {
  const read = draftSchema.safeParse(stored);
  return read.success ? read.data : null;
}

/** A note for ourselves or a reply that the customer sees; kept as a draft until it is sent. */
export function Compose({
  ticket,
  areaRef,
  wanted,
  onLeave,
  onSent,
}: {
  ticket: TicketView;
  areaRef: RefObject<HTMLTextAreaElement | null>;
  /** Kind that a key asked for; the newest request wins over what the box shows. */
  wanted: { kind: SaidKind; round: number };
  /** Escape: what was typed stays as a draft. */
  onLeave: () => void;
  onSent: () => void;
}) {
  const { t } = useTranslation(['ticketPage', 'fields']);
  const invoke = useInvoke();
  const key = `said:${ticket.id}`;
  const draft = useDraft<Said>(key, { kind: 'note', text: '' }, readDraft);
  const [seen, setSeen] = useState(wanted.round);
  const [empty, setEmpty] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [open, setOpen] = useState<string[]>([]);
  const [sending, setSending] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const { kind, text } = draft.value;
  useDirtyForm(key, text !== '');
  if (seen !== wanted.round) {
    setSeen(wanted.round);
    draft.change({ kind: wanted.kind });
  }

  const send = async () => {
    if (sending) return;
    const missing = text.trim() === '';
    setEmpty(missing);
    if (missing || isTooLong(text)) {
      areaRef.current?.focus();
      return;
    }
    setSending(true);
    const ticketId = ticket.id;
    const result =
      kind === 'note'
        ? await invoke('tickets.note', { ticketId, note: text })
        : await invoke('tickets.reply', { ticketId, reply: text });
    setSending(false);
    setFailure(result.ok ? null : result.error);
    if (!result.ok) return;
    await draft.drop();
    // The form goes and comes empty: who sent it by key goes on where the keys of lists and tickets are heard.
    if (form.current?.contains(document.activeElement)) onLeave();
    onSent();
  };

  return (
    <form
      ref={form}
      className={styles.compose}
      data-testid="ticket-note-form"
      data-kind={kind}
      onSubmit={(event) => event.preventDefault()}
      onBlur={draft.flush}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        const sends = matchesKeys(event.nativeEvent, sendKeys);
        if (!sends && event.target !== areaRef.current) return;
        if (!sends && event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        if (sends) void send();
        else onLeave();
      }}
    >
      <FormFailure title={t('compose.failed')} failure={failure} />
      <div className={styles.composeHead}>
        <Segmented
          label={t('compose.kind')}
          value={kind}
          options={saidKinds.map((value) => ({ value, label: t(`compose.${value}`) }))}
          onChange={(next) => draft.change({ kind: next })}
        />
        <span className="grow" />
        <TemplateMenu
          kind="reply"
          ticketId={ticket.id}
          customerId={ticket.customerId}
          onFilled={({ body, open: unknown }) => {
            setOpen(unknown);
            draft.change({ text: text === '' ? body : `${text}\n${body}` });
            areaRef.current?.focus();
          }}
        />
      </div>
      <LongText
        label={<span className="for-readers">{t(`compose.${kind}`)}</span>}
        placeholder={t(`compose.${kind}Placeholder`)}
        value={text}
        onChange={(next) => draft.change({ text: next })}
        error={empty && text.trim() === '' ? t('compose.empty') : null}
        areaRef={areaRef}
        testId="ticket-note"
      />
      {open.length > 0 && open.some((name) => text.includes(`{${name}}`)) ? (
        <p className={styles.warn} role="status" data-testid="ticket-template-open">
          {t('compose.openFields', { names: open.map((name) => `{${name}}`).join(' ') })}
        </p>
      ) : null}
      <div className={styles.composeFoot}>
        <Button keys={sendKeys} data-testid="ticket-note-add" onClick={() => void send()}>
          {sending ? t('fields:saving') : t(`compose.${kind}Send`)}
        </Button>
        <DraftMark draft={draft} />
      </div>
    </form>
  );
}
