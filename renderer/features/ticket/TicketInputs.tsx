import type { ReactNode, RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketCategory } from '#shared/domain/configuration.ts';
import { maxLineLength } from '#shared/domain/primitives.ts';
import { ticketPriorities, ticketTypes } from '#shared/domain/tickets/ticket.ts';
import { priorityOf } from '#shared/domain/tickets/ticketPriority.ts';
import { useDesk } from '../../store/desk.ts';
import { Field } from '../../ui/Field.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from '../fields/fields.module.css';
import { LongText, useTooLong } from '../fields/LongText.tsx';
import { PathPicker } from '../fields/PathPicker.tsx';
import { PriorityBars } from '../fields/PriorityBars.tsx';
import { LevelPair } from './LevelPair.tsx';
import { TagInput } from './TagInput.tsx';
import type { TicketField, TicketFields } from './ticketFields.ts';

/** What is typed and chosen; the date has a field of its own in each form. */
export type TicketValues = Omit<TicketFields, 'dueText'>;

/** A form that leads from field to field. */
export interface TicketRefs {
  subject: RefObject<HTMLInputElement | null>;
  description: RefObject<HTMLTextAreaElement | null>;
}

const noCategories: TicketCategory[] = [];

/** The fields of a ticket, new or changed, in the order in which they are filled. */
export function TicketInputs({
  value,
  change,
  refs,
  open,
  due,
  testId,
}: {
  value: TicketValues;
  change: (patch: Partial<TicketValues>) => void;
  refs?: TicketRefs;
  /** Fields that keep the ticket from being saved, as far as they are said. */
  open: readonly TicketField[];
  /** The field of the date. */
  due: ReactNode;
  testId: string;
}) {
  const { t } = useTranslation(['ticket', 'fields']);
  const tooLong = useTooLong();
  const categories = useDesk((desk) => desk.configuration?.ticketCategories ?? noCategories);
  const subjectError = open.includes('subject') ? t('errors.subject') : null;
  return (
    <div className={styles.grid}>
      <Field className={styles.c2 ?? ''} label={t('type')} required>
        {(control) => (
          <Select
            {...control}
            className={styles.select}
            data-testid={`${testId}-type`}
            value={value.type}
            options={ticketTypes.map((type) => ({
              value: type,
              label: t(`fields:ticketTypes.${type}`),
            }))}
            onChoose={(type) => change({ type })}
          />
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
            onPicked={() => refs?.subject.current?.focus()}
            floating
            testId={`${testId}-category`}
          />
        )}
      </Field>
      <Field
        className={styles.c6 ?? ''}
        label={t('subject')}
        required
        error={tooLong(value.subject, maxLineLength) ?? subjectError}
      >
        {(control) => (
          <TextField
            {...control}
            {...(refs ? { ref: refs.subject } : {})}
            data-autofocus
            data-testid={`${testId}-subject`}
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
        {...(refs ? { areaRef: refs.description } : {})}
        testId={`${testId}-description`}
      />
      <LevelPair
        impact={value.impact}
        urgency={value.urgency}
        onChange={(pair) => {
          const priority = priorityOf(pair.impact, pair.urgency);
          change({ ...pair, ...(priority && { priority }) });
        }}
      />
      <div className={styles.c3} data-testid={`${testId}-priority`}>
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
      {due}
      <TagInput
        className={styles.c6 ?? ''}
        tags={value.tags}
        onChange={(tags) => change({ tags })}
      />
    </div>
  );
}
