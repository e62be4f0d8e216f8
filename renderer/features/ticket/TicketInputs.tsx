import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketCategory } from '#shared/domain/configuration.ts';
import type { ValueClass } from '#shared/domain/serviceLevels/serviceLevels.ts';
import { ticketPriorities, ticketTypes } from '#shared/domain/tickets/ticket.ts';
import { priorityOf } from '#shared/domain/tickets/ticketPriority.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useDesk, usePart } from '../../store/desk.ts';
import { deskNow } from '../../ui/clock.ts';
import { Field } from '../../ui/Field.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from '../fields/fields.module.css';
import { LongText, useTooLong } from '../fields/LongText.tsx';
import { PathPicker } from '../fields/PathPicker.tsx';
import { PriorityBars } from '../fields/PriorityBars.tsx';
import { WhenField } from '../fields/WhenField.tsx';
import { LevelPair } from './LevelPair.tsx';
import { TagInput } from './TagInput.tsx';
import {
  defaultDueAt,
  maxSubjectLength,
  type TicketField,
  type TicketFields,
} from './ticketFields.ts';

export interface TicketRefs {
  subject: RefObject<HTMLInputElement | null>;
  description: RefObject<HTMLTextAreaElement | null>;
  due: RefObject<HTMLInputElement | null>;
}

const noCategories: TicketCategory[] = [];

/** The fields of a new ticket, in the order in which they are filled. */
export function TicketInputs({
  value,
  change,
  refs,
  open,
  customerClass,
}: {
  value: TicketFields;
  change: (patch: Partial<TicketFields>) => void;
  refs: TicketRefs;
  /** Fields that kept the ticket from being saved. */
  open: readonly TicketField[];
  customerClass: ValueClass | null;
}) {
  const { t } = useTranslation(['ticket', 'fields']);
  const format = useFormat();
  const tooLong = useTooLong();
  const categories = useDesk((desk) => desk.configuration?.ticketCategories ?? noCategories);
  const dueAt = defaultDueAt(value, deskNow(), usePart('serviceLevels'), customerClass);
  const subjectError = open.includes('subject') ? t('errors.subject') : null;
  return (
    <div className={styles.grid}>
      <Field className={styles.c2 ?? ''} label={t('type')} required>
        {(control) => (
          <select
            {...control}
            className={styles.select}
            data-testid="ticket-type"
            value={value.type}
            onChange={(event) => {
              const type = ticketTypes.find((one) => one === event.target.value);
              if (type) change({ type });
            }}
          >
            {ticketTypes.map((type) => (
              <option key={type} value={type}>
                {t(`fields:ticketTypes.${type}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field className={styles.c4 ?? ''} label={t('category')}>
        {(control) => (
          <PathPicker
            control={control}
            items={categories}
            value={value.categoryId}
            placeholder={t('categoryPlaceholder')}
            onChange={(categoryId) => change({ categoryId })}
            onPicked={() => refs.subject.current?.focus()}
            floating
            testId="ticket-category"
          />
        )}
      </Field>
      <Field
        className={styles.c6 ?? ''}
        label={t('subject')}
        required
        error={tooLong(value.subject, maxSubjectLength) ?? subjectError}
      >
        {(control) => (
          <TextField
            {...control}
            ref={refs.subject}
            data-testid="ticket-subject"
            placeholder={t('subjectPlaceholder')}
            value={value.subject}
            onChange={(event) => change({ subject: event.target.value })}
          />
        )}
      </Field>
      <LongText
        className={styles.c6}
        label={t('description')}
        placeholder={t('descriptionPlaceholder')}
        value={value.description}
        onChange={(description) => change({ description })}
        areaRef={refs.description}
        testId="ticket-description"
      />
      <LevelPair
        impact={value.impact}
        urgency={value.urgency}
        onChange={(pair) => {
          const priority = priorityOf(pair.impact, pair.urgency);
          change({ ...pair, ...(priority && { priority }) });
        }}
      />
      <div className={styles.c3} data-testid="ticket-priority">
        <div className={styles.plainLabel}>{t('priority')}</div>
        <Segmented
          label={t('priority')}
          value={value.priority}
          options={ticketPriorities.map((priority) => ({
            value: priority,
            label: t(`fields:priorities.${priority}`),
            icon: <PriorityBars priority={priority} />,
          }))}
          onChange={(priority) => change({ priority })}
        />
      </div>
      <WhenField
        className={styles.c3}
        label={t('due')}
        placeholder={t('duePlaceholder')}
        hint={t('dueDefault', { time: `${format.day(dueAt)} ${format.time(dueAt)}` })}
        text={value.dueText}
        onChange={(dueText) => change({ dueText })}
        inputRef={refs.due}
        testId="ticket-due"
      />
      <TagInput
        className={styles.c6 ?? ''}
        tags={value.tags}
        onChange={(tags) => change({ tags })}
      />
    </div>
  );
}
