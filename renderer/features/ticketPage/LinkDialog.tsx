import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketView } from '#shared/contract/models/records.ts';
import type { Failure } from '#shared/result.ts';
import { useInvoke, useQuery } from '../../app/bridge.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import { Pill } from '../../ui/Pill.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { FormFailure } from '../fields/FormFrame.tsx';
import styles from './ticketPage.module.css';
import { useListBox } from './useListBox.ts';

const shown = 8;

function LinkForm({ ticket, onDone }: { ticket: TicketView; onDone: () => void }) {
  const { t } = useTranslation(['ticketPage', 'customer', 'common']);
  const invoke = useInvoke();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const { data } = useQuery('tickets.find', { text, besideId: ticket.id, limit: shown });
  const found = data ?? [];
  const { box, optionOf } = useListBox(
    'ticket-links',
    found.map(({ id }) => id),
    chosen,
    setChosen,
  );
  const link = async (how: 'relate' | 'merge') => {
    if (chosen === null) return;
    const ticketId = ticket.id;
    const result =
      how === 'relate'
        ? await invoke('tickets.relate', { ticketId, otherId: chosen, on: true })
        : await invoke('tickets.merge', { ticketId, intoId: chosen });
    setFailure(result.ok ? null : result.error);
    if (result.ok) onDone();
  };
  return (
    <form
      className={styles.dialog}
      data-testid="ticket-link-form"
      onSubmit={(event) => {
        event.preventDefault();
        void link('relate');
      }}
    >
      <FormFailure title={t('links.failed')} failure={failure} />
      <Field label={t('links.find')} hint={t('links.findHint')}>
        {(control) => (
          <TextField
            {...control}
            {...box}
            data-autofocus
            data-testid="ticket-link-find"
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              setChosen(null);
            }}
          />
        )}
      </Field>
      <div id="ticket-links" role="listbox" aria-label={t('links.find')} className={styles.takers}>
        {found.map((one) => (
          <div key={one.id} {...optionOf(one.id)} data-testid="ticket-link-choice">
            <span className="nowrap">{one.no ?? t('common:numberFollows')}</span>
            <span className="cut">{one.subject}</span>
            <Pill tone="outline">{t(`customer:ticketState.${one.state}`)}</Pill>
          </div>
        ))}
      </div>
      {data && found.length === 0 ? <p className="small">{t('links.nothing')}</p> : null}
      <p className="small">{t('links.mergeHint')}</p>
      <div className={styles.dialogActions}>
        <Button
          disabled={chosen === null}
          data-testid="ticket-merge"
          onClick={() => void link('merge')}
        >
          {t('links.merge')}
        </Button>
        <Button
          variant="solid"
          type="submit"
          disabled={chosen === null}
          data-testid="ticket-relate"
        >
          {t('links.relate')}
        </Button>
      </div>
    </form>
  );
}

/** Chooses the other ticket, and how the two belong together. */
export function LinkDialog({
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
    <Dialog opened={opened} onClose={onClose} title={t('links.add')} width={560}>
      {opened ? <LinkForm ticket={ticket} onDone={onClose} /> : null}
    </Dialog>
  );
}
