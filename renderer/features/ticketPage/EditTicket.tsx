import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketView } from '#shared/contract/models/records.ts';
import type { Failure } from '#shared/result.ts';
import { useInvoke } from '../../app/bridge.tsx';
import { useFormat } from '../../i18n/useFormat.ts';
import { Button } from '../../ui/Button.tsx';
import { deskNow } from '../../ui/clock.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { FormFailure } from '../fields/FormFrame.tsx';
import fields from '../fields/fields.module.css';
import { SendForm, sendKeys } from '../fields/SendForm.tsx';
import { WhenField } from '../fields/WhenField.tsx';
import { parseWhen } from '../fields/when.ts';
import { TicketInputs, type TicketValues } from '../ticket/TicketInputs.tsx';
import { openFields } from '../ticket/ticketFields.ts';
import styles from './ticketPage.module.css';

function EditForm({ ticket, onDone }: { ticket: TicketView; onDone: () => void }) {
  const { t } = useTranslation(['ticketPage', 'ticket']);
  const invoke = useInvoke();
  const format = useFormat();
  const [value, setValue] = useState<Partial<TicketValues>>({});
  const [dueText, setDueText] = useState('');
  const [failure, setFailure] = useState<Failure | null>(null);
  const now = { ...ticket, ...value };
  const open = openFields({ ...now, dueText }, deskNow());

  const save = async () => {
    if (open.length > 0) return;
    const due = parseWhen(dueText, deskNow());
    const promised = due.ok ? { promisedAt: due.at } : {};
    const result = await invoke('tickets.change', {
      ticketId: ticket.id,
      change: { ...value, ...promised },
    });
    setFailure(result.ok ? null : result.error);
    if (result.ok) onDone();
  };

  return (
    <SendForm className={styles.dialog} data-testid="ticket-edit-form" onSend={() => void save()}>
      <FormFailure title={t('edit.failed')} failure={failure} />
      <TicketInputs
        value={now}
        change={(patch) => setValue((old) => ({ ...old, ...patch }))}
        open={open}
        due={
          <WhenField
            className={fields.c3}
            label={t('fieldNames.promisedAt')}
            placeholder={t('ticket:duePlaceholder')}
            hint={
              ticket.promisedAt === null
                ? undefined
                : `${format.day(ticket.promisedAt)} ${format.time(ticket.promisedAt)}`
            }
            text={dueText}
            onChange={setDueText}
            testId="edit-promised"
          />
        }
        testId="edit"
      />
      <div className={styles.dialogActions}>
        <Button variant="solid" type="submit" keys={sendKeys} data-testid="edit-save">
          {t('edit.save')}
        </Button>
      </div>
    </SendForm>
  );
}

/** Changes what a ticket is about; its state, owner and escalation change by steps. */
export function EditTicket({
  ticket,
  opened,
  onClose,
}: {
  ticket: TicketView;
  opened: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslation('ticketPage');
  return (
    <Dialog opened={opened} onClose={onClose} title={t('edit.title')} width={720}>
      {opened ? <EditForm ticket={ticket} onDone={onClose} /> : null}
    </Dialog>
  );
}
