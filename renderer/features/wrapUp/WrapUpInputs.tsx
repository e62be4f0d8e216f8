import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { WrapUpChoices } from '#shared/contract/methods/wrapUps.ts';
import type { WrapUpDemand, WrapUpGap } from '#shared/domain/calls/wrapUpRules.ts';
import type { Disposition } from '#shared/domain/configuration.ts';
import { keysOf } from '../../app/hotkeys.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useDesk } from '../../store/desk.ts';
import { Chip } from '../../ui/Chip.tsx';
import { deskNow } from '../../ui/clock.ts';
import { Field } from '../../ui/Field.tsx';
import styles from '../fields/fields.module.css';
import { LongText } from '../fields/LongText.tsx';
import { PathPicker } from '../fields/PathPicker.tsx';
import type { Draft } from '../fields/useDraft.ts';
import { WhenField } from '../fields/WhenField.tsx';
import { parseWhen, quickDates, typedForm } from '../fields/when.ts';
import { CustomerOfCall } from './CustomerOfCall.tsx';
import { ResultChoice } from './ResultChoice.tsx';
import { TagField } from './TagField.tsx';
import { TicketLinks } from './TicketLinks.tsx';
import { followUp, type WrapUpFields } from './wrapUpFields.ts';

export interface WrapUpRefs {
  disposition: RefObject<HTMLInputElement | null>;
  result: RefObject<HTMLDivElement | null>;
  followUp: RefObject<HTMLInputElement | null>;
  notes: RefObject<HTMLTextAreaElement | null>;
  customer: RefObject<HTMLInputElement | null>;
  ticket: RefObject<HTMLInputElement | null>;
  tags: RefObject<HTMLInputElement | null>;
}

const noDispositions: Disposition[] = [];

function QuickDates({ onPick, value }: { onPick: (text: string) => void; value: number | null }) {
  const { t } = useTranslation('fields');
  const format = useFormat();
  return (
    <fieldset className={styles.c3}>
      <legend className={styles.plainLabel}>{t('quickDates')}</legend>
      <div className={styles.chips}>
        {quickDates(deskNow()).map((date) => (
          <Chip
            key={date.name}
            pressed={value === date.at}
            title={`${format.day(date.at)} ${format.time(date.at)}`}
            data-testid={`quick-${date.name}`}
            onClick={() => onPick(typedForm(date.at))}
          >
            {t(`quick.${date.name}`, { time: format.time(date.at) })}
          </Chip>
        ))}
      </div>
    </fieldset>
  );
}

/** The fields of a wrap-up, in the order in which they are filled. */
export function WrapUpInputs({
  draft,
  used,
  refs,
  open,
  ticketIds,
  choices,
  demands,
  notesFirst = false,
}: {
  draft: Draft<WrapUpFields>;
  used: ReadonlyMap<string, number>;
  refs: WrapUpRefs;
  /** Fields that were still open when the agent tried to finish. */
  open: readonly WrapUpGap[];
  /** Opened on the call. */
  ticketIds: readonly string[];
  /** Null until they are read. */
  choices: WrapUpChoices | null;
  demands: readonly WrapUpDemand[];
  /** In a dialog that begins with the notes. */
  notesFirst?: boolean;
}) {
  const { t } = useTranslation('wrapUp');
  const dispositions = useDesk((desk) => desk.configuration?.dispositions ?? noDispositions);
  const { value, change } = draft;
  // A retired one is not offered; where it was chosen before, it keeps its name.
  const items = dispositions.filter((one) => !one.retired || one.id === value.dispositionId);
  const needed = (field: WrapUpGap) => (open.includes(field) ? t(`needed.${field}`) : null);
  const setDate = (text: string) => change(followUp(text, deskNow()));
  const dateRead =
    value.followUpText.trim() === '' ? null : parseWhen(value.followUpText, deskNow());

  return (
    <div className={styles.grid}>
      <Field
        className={styles.c6 ?? ''}
        label={t('disposition')}
        required
        keys={keysOf('wrapUp.disposition')}
        error={needed('dispositionId')}
        hint={items.length === 0 ? t('noTree') : undefined}
      >
        {(control) => (
          <PathPicker
            control={control}
            items={items}
            used={used}
            value={value.dispositionId}
            placeholder={t('dispositionPlaceholder')}
            onChange={(dispositionId) => change({ dispositionId })}
            onPicked={() => refs.result.current?.querySelector('input')?.focus()}
            inputRef={refs.disposition}
            testId="wrap-up-disposition"
          />
        )}
      </Field>
      <ResultChoice
        value={value.result}
        onChange={(result) => change({ result })}
        error={needed('result')}
        boxRef={refs.result}
      />
      <WhenField
        className={styles.c3}
        label={t('followUpOn')}
        required={value.result === 'followUp'}
        placeholder={t('followUpPlaceholder')}
        text={value.followUpText}
        onChange={setDate}
        error={dateRead === null ? needed('followUpAt') : null}
        inputRef={refs.followUp}
        testId="wrap-up-follow-up"
      />
      <QuickDates onPick={setDate} value={value.followUpAt} />
      <LongText
        className={styles.c6}
        label={t('notes')}
        required={demands.includes('notes')}
        error={needed('notes')}
        keys={keysOf('wrapUp.notes')}
        placeholder={t('notesPlaceholder')}
        value={value.notes}
        onChange={(notes) => change({ notes })}
        areaRef={refs.notes}
        testId="wrap-up-notes"
        first={notesFirst}
      />
      {choices !== null && choices.customerId === null ? (
        <CustomerOfCall
          customerId={value.customerId}
          required={demands.includes('customer')}
          error={needed('customer')}
          onChange={(customerId) => change({ customerId })}
          inputRef={refs.customer}
        />
      ) : null}
      <TicketLinks
        ofCall={ticketIds}
        linked={value.ticketIds}
        choices={choices?.tickets ?? []}
        required={demands.includes('ticket')}
        error={needed('ticket')}
        onChange={(linked) => change({ ticketIds: linked })}
        inputRef={refs.ticket}
      />
      <TagField
        tags={value.tags}
        used={choices?.tags ?? []}
        required={demands.includes('tags')}
        error={needed('tags')}
        onChange={(tags) => change({ tags })}
        inputRef={refs.tags}
      />
    </div>
  );
}
