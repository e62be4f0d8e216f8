import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketView } from '#shared/contract/models/records.ts';
import { maxLineLength } from '#shared/domain/primitives.ts';
import type { Failure } from '#shared/result.ts';
import { useInvoke } from '../../app/bridge.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { FormFailure } from '../fields/FormFrame.tsx';
import { isTooLong, LongText, useTooLong } from '../fields/LongText.tsx';
import styles from './ticketPage.module.css';

function SplitForm({ ticket, onDone }: { ticket: TicketView; onDone: (id: string) => void }) {
  const { t } = useTranslation(['ticketPage', 'ticket']);
  const invoke = useInvoke();
  const tooLong = useTooLong();
  const [subject, setSubject] = useState('');
  const [description, setDescription] = useState('');
  const [tried, setTried] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const missing = subject.trim() === '';
  const split = async () => {
    setTried(true);
    if (missing || isTooLong(subject, maxLineLength) || isTooLong(description)) return;
    const result = await invoke('tickets.split', { ticketId: ticket.id, subject, description });
    setFailure(result.ok ? null : result.error);
    if (result.ok) onDone(result.value.id);
  };
  return (
    <form
      className={styles.dialog}
      data-testid="ticket-split-form"
      onSubmit={(event) => {
        event.preventDefault();
        void split();
      }}
    >
      <FormFailure title={t('split.failed')} failure={failure} />
      <p className="small">{t('split.hint')}</p>
      <Field
        label={t('ticket:subject')}
        required
        error={
          tooLong(subject, maxLineLength) ?? (tried && missing ? t('ticket:errors.subject') : null)
        }
      >
        {(control) => (
          <TextField
            {...control}
            data-autofocus
            data-testid="split-subject"
            value={subject}
            onChange={(event) => setSubject(event.target.value)}
          />
        )}
      </Field>
      <LongText
        label={t('ticket:description')}
        value={description}
        onChange={setDescription}
        testId="split-description"
      />
      <div className={styles.dialogActions}>
        <Button variant="solid" type="submit" data-testid="split-save">
          {t('split.save')}
        </Button>
      </div>
    </form>
  );
}

/** A part of the ticket becomes one of its own. */
export function SplitDialog({
  ticket,
  opened,
  onClose,
  onSplit,
}: {
  ticket: TicketView;
  opened: boolean;
  onClose: () => void;
  onSplit: (ticketId: string) => void;
}) {
  const { t } = useTranslation('ticketPage');
  return (
    <Dialog opened={opened} onClose={onClose} title={t('links.splitOff')} width={520}>
      {opened ? <SplitForm ticket={ticket} onDone={onSplit} /> : null}
    </Dialog>
  );
}
