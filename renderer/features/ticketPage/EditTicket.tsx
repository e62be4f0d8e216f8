import { Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketView } from '#shared/contract/models/records.ts';
import type { TicketCategory } from '#shared/domain/configuration.ts';
import { ticketPriorities, ticketTypes } from '#shared/domain/tickets/ticket.ts';
import { priorityOf } from '#shared/domain/tickets/ticketPriority.ts';
import type { Failure } from '#shared/result.ts';
import { useInvoke } from '../../app/bridge.tsx';
import { useFormat } from '../../i18n/useFormat.ts';
import { useDesk } from '../../store/desk.ts';
import { Button } from '../../ui/Button.tsx';
import { deskNow } from '../../ui/clock.ts';
import { Field } from '../../ui/Field.tsx';
import { matchesKeys } from '../../ui/keys.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { FormFailure } from '../fields/FormFrame.tsx';
import fields from '../fields/fields.module.css';
import { isTooLong, LongText, useTooLong } from '../fields/LongText.tsx';
import { PathPicker } from '../fields/PathPicker.tsx';
import { PriorityBars } from '../fields/PriorityBars.tsx';
import { WhenField } from '../fields/WhenField.tsx';
import { parseWhen } from '../fields/when.ts';
import { LevelPair } from '../ticket/LevelPair.tsx';
import { TagInput } from '../ticket/TagInput.tsx';
import { maxSubjectLength } from '../ticket/ticketFields.ts';
import styles from './ticketPage.module.css';

type Edits = Partial<
  Pick<
    TicketView,
    'type' | 'categoryId' | 'priority' | 'impact' | 'urgency' | 'subject' | 'description' | 'tags'
  >
>;

const noCategories: TicketCategory[] = [];
const saveKeys = 'Ctrl+Enter';

function EditForm({ ticket, onDone }: { ticket: TicketView; onDone: () => void }) {
  const { t } = useTranslation(['ticketPage', 'ticket', 'fields']);
  const invoke = useInvoke();
  const format = useFormat();
  const tooLong = useTooLong();
  const categories = useDesk((desk) => desk.configuration?.ticketCategories ?? noCategories);
  const [value, setValue] = useState<Edits>({});
  const [dueText, setDueText] = useState('');
  const [failure, setFailure] = useState<Failure | null>(null);
  const now = { ...ticket, ...value };
  const change = (patch: Edits) => setValue((old) => ({ ...old, ...patch }));
  const due = dueText.trim() === '' ? null : parseWhen(dueText, deskNow());
  const noSubject = now.subject.trim() === '';
  const isWrong =
    noSubject || isTooLong(now.subject, maxSubjectLength) || isTooLong(now.description);

  const save = async () => {
    if (isWrong || (due && !due.ok)) return;
    const promised = due?.ok ? { promisedAt: due.at } : {};
    const result = await invoke('tickets.change', {
      ticketId: ticket.id,
      change: { ...value, ...promised },
    });
    setFailure(result.ok ? null : result.error);
    if (result.ok) onDone();
  };

  return (
    <form
      className={styles.dialog}
      data-testid="ticket-edit-form"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing || !matchesKeys(event.nativeEvent, saveKeys)) return;
        event.preventDefault();
        event.stopPropagation();
        void save();
      }}
    >
      <FormFailure title={t('edit.failed')} failure={failure} />
      <div className={fields.grid}>
        <Field className={fields.c2 ?? ''} label={t('ticket:type')}>
          {(control) => (
            <Select
              {...control}
              data-testid="edit-type"
              value={now.type}
              options={ticketTypes.map((one) => ({
                value: one,
                label: t(`fields:ticketTypes.${one}`),
              }))}
              onChoose={(type) => change({ type })}
            />
          )}
        </Field>
        <Field className={fields.c4 ?? ''} label={t('ticket:category')}>
          {(control) => (
            <PathPicker
              control={control}
              items={categories}
              value={now.categoryId}
              placeholder={t('ticket:categoryPlaceholder')}
              onChange={(categoryId) => change({ categoryId })}
              floating
              testId="edit-category"
            />
          )}
        </Field>
        <Field
          className={fields.c6 ?? ''}
          label={t('ticket:subject')}
          required
          error={
            tooLong(now.subject, maxSubjectLength) ??
            (noSubject ? t('ticket:errors.subject') : null)
          }
        >
          {(control) => (
            <TextField
              {...control}
              data-autofocus
              data-testid="edit-subject"
              value={now.subject}
              onChange={(event) => change({ subject: event.target.value })}
            />
          )}
        </Field>
        <LongText
          className={fields.c6}
          label={t('ticket:description')}
          value={now.description}
          onChange={(description) => change({ description })}
          testId="edit-description"
        />
        <LevelPair
          impact={now.impact}
          urgency={now.urgency}
          onChange={(pair) => {
            const priority = priorityOf(pair.impact, pair.urgency);
            change({ ...pair, ...(priority && { priority }) });
          }}
        />
        <div className={fields.c3}>
          <div className={fields.plainLabel}>{t('ticket:priority')}</div>
          <Segmented
            label={t('ticket:priority')}
            value={now.priority}
            options={ticketPriorities.map((priority) => ({
              value: priority,
              label: t(`fields:priorities.${priority}`),
              icon: <PriorityBars priority={priority} />,
            }))}
            onChange={(priority) => change({ priority })}
          />
        </div>
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
        <TagInput
          className={fields.c6 ?? ''}
          tags={now.tags}
          onChange={(tags) => change({ tags })}
        />
      </div>
      <div className={styles.dialogActions}>
        <Button variant="solid" type="submit" keys={saveKeys} data-testid="edit-save">
          {t('edit.save')}
        </Button>
      </div>
    </form>
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
  const { t } = useTranslation(['ticketPage', 'common']);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('edit.title')}
      size={720}
      closeButtonProps={{ 'aria-label': t('common:actions.close') }}
    >
      {opened ? <EditForm ticket={ticket} onDone={onClose} /> : null}
    </Modal>
  );
}
