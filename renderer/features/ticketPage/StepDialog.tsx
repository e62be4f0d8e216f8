import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketView } from '#shared/contract/models/records.ts';
import type { TicketAction } from '#shared/domain/tickets/ticket.ts';
import type { StepNeed } from '#shared/domain/tickets/ticketFlow.ts';
import type { Failure } from '#shared/result.ts';
import { useInvoke } from '../../app/bridge.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { FormFailure } from '../fields/FormFrame.tsx';
import { isTooLong, LongText } from '../fields/LongText.tsx';
import { SendForm, sendKeys } from '../fields/SendForm.tsx';
import { TakerPicker } from './TakerPicker.tsx';
import styles from './ticketPage.module.css';

export interface StepAsked {
  action: TicketAction;
  needs: readonly StepNeed[];
}

function StepForm({
  ticket,
  asked,
  onDone,
}: {
  ticket: TicketView;
  asked: StepAsked;
  onDone: () => void;
}) {
  const { t } = useTranslation('ticketPage');
  const invoke = useInvoke();
  const { action, needs } = asked;
  const [ownerId, setOwnerId] = useState<string | null>(null);
  const [resolution, setResolution] = useState(ticket.resolution);
  const [note, setNote] = useState('');
  const [tried, setTried] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const first = useRef<HTMLTextAreaElement>(null);
  const given: Record<StepNeed, string | null> = { note, ownerId, resolution };
  const missing = (need: StepNeed) => needs.includes(need) && (given[need] ?? '').trim() === '';

  const send = async () => {
    setTried(true);
    if (needs.some(missing) || isTooLong(note) || isTooLong(resolution)) {
      first.current?.focus();
      return;
    }
    const result = await invoke('tickets.step', {
      ticketId: ticket.id,
      action,
      note: note.trim() === '' ? null : note,
      ownerId,
      resolution: needs.includes('resolution') ? resolution : null,
    });
    setFailure(result.ok ? null : result.error);
    if (result.ok) onDone();
  };

  const beginsWithNote = !needs.includes('resolution') && action !== 'assign';
  const wanted = (need: StepNeed) => (tried && missing(need) ? t(`dialog.missing.${need}`) : null);
  return (
    <SendForm className={styles.dialog} data-testid="ticket-step-form" onSend={() => void send()}>
      <FormFailure title={t('dialog.failed')} failure={failure} />
      {action === 'assign' ? (
        <TakerPicker
          ownerId={ticket.ownerId}
          value={ownerId}
          error={wanted('ownerId')}
          onChange={setOwnerId}
        />
      ) : null}
      {needs.includes('resolution') ? (
        <LongText
          label={t('dialog.resolution')}
          required
          placeholder={t('dialog.resolutionPlaceholder')}
          value={resolution}
          onChange={setResolution}
          error={wanted('resolution')}
          areaRef={first}
          first={action !== 'assign'}
          testId="ticket-step-resolution"
        />
      ) : null}
      <LongText
        label={t(needs.includes('note') ? 'dialog.reason' : 'dialog.note')}
        required={needs.includes('note')}
        placeholder={t(`dialog.placeholder.${action}`, '')}
        value={note}
        onChange={setNote}
        error={wanted('note')}
        {...(beginsWithNote ? { areaRef: first } : {})}
        first={beginsWithNote}
        testId="ticket-step-note"
      />
      <div className={styles.dialogActions}>
        <Button variant="solid" type="submit" keys={sendKeys} data-testid="ticket-step-send">
          {t(`steps.${action}`)}
        </Button>
      </div>
    </SendForm>
  );
}

/** Asks for what a step needs. */
export function StepDialog({
  ticket,
  asked,
  onClose,
}: {
  ticket: TicketView;
  asked: StepAsked | null;
  onClose: () => void;
}) {
  const { t } = useTranslation('ticketPage');
  return (
    <Dialog
      opened={asked !== null}
      onClose={onClose}
      title={asked ? t(`steps.${asked.action}`) : ''}
      width={480}
    >
      {asked ? <StepForm ticket={ticket} asked={asked} onDone={onClose} /> : null}
    </Dialog>
  );
}
