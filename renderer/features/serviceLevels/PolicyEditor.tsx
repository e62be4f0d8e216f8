import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { valueClasses } from '#shared/domain/customers/customer.ts';
import {
  type BusinessCalendar,
  type ServicePolicy,
  serviceLimits,
} from '#shared/domain/settings/serviceLevels.ts';
import { ticketPriorities, ticketTypes } from '#shared/domain/tickets/ticket.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { Chip } from '../../ui/Chip.tsx';
import { Field } from '../../ui/Field.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Select } from '../../ui/Select.tsx';
import { durationText, readDuration } from './hourText.ts';
import { NameFields } from './NameFields.tsx';
import styles from './serviceLevels.module.css';
import { TypedField } from './TypedField.tsx';

/** One policy: for which tickets, how long, by which clock. */
export function PolicyEditor({
  policy,
  calendars,
  place,
  count,
  onChange,
  onMove,
  onRemove,
}: {
  policy: ServicePolicy;
  calendars: readonly BusinessCalendar[];
  place: number;
  count: number;
  onChange: (policy: ServicePolicy) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}) {
  const { t } = useTranslation('serviceLevels');
  const format = useFormat();
  const name = format.text(policy.name);
  const isLost =
    policy.calendarId !== null && !calendars.some(({ id }) => id === policy.calendarId);
  return (
    <fieldset className={styles.card} data-testid="service-policy">
      <legend className="for-readers">{name}</legend>
      <div className={styles.cardHead}>
        <h3>{t('policyNo', { place: place + 1, name })}</h3>
        <IconButton
          label={t('up', { name })}
          icon={<IconArrowUp size={16} aria-hidden="true" />}
          disabled={place === 0}
          onClick={() => onMove(-1)}
        />
        <IconButton
          label={t('down', { name })}
          icon={<IconArrowDown size={16} aria-hidden="true" />}
          disabled={place === count - 1}
          onClick={() => onMove(1)}
        />
        <IconButton
          label={t('remove', { name })}
          icon={<IconTrash size={16} aria-hidden="true" />}
          onClick={onRemove}
        />
      </div>
      <div className={styles.two}>
        <NameFields name={policy.name} onChange={(next) => onChange({ ...policy, name: next })} />
      </div>
      <Choices
        label={t('forPriorities')}
        values={ticketPriorities}
        chosen={policy.priorities}
        wordOf={(value) => t(`fields:priorities.${value}`)}
        onChange={(priorities) => onChange({ ...policy, priorities })}
      />
      <Choices
        label={t('forTypes')}
        values={ticketTypes}
        chosen={policy.types}
        wordOf={(value) => t(`fields:ticketTypes.${value}`)}
        onChange={(types) => onChange({ ...policy, types })}
      />
      <Choices
        label={t('forClasses')}
        values={valueClasses}
        chosen={policy.classes}
        wordOf={(value) => value}
        onChange={(classes) => onChange({ ...policy, classes })}
      />
      <div className={styles.four}>
        {serviceLimits.map((limit) => (
          <TypedField
            key={limit}
            label={t(`limits.${limit}`)}
            value={policy.minutes[limit] ?? null}
            textOf={(minutes) => (minutes === null ? '' : durationText(minutes))}
            read={(text) => (text.trim() === '' ? null : (readDuration(text) ?? undefined))}
            wrong={t('durationWrong')}
            testId={`limit-${limit}`}
            onChange={(minutes) => {
              const { [limit]: _, ...rest } = policy.minutes;
              onChange({
                ...policy,
                minutes: minutes === null ? rest : { ...rest, [limit]: minutes },
              });
            }}
          />
        ))}
      </div>
      <div className={styles.two}>
        <Field label={t('calendar')} error={isLost ? t('problems.calendar-unknown') : undefined}>
          {(control) => (
            <Select
              {...control}
              value={policy.calendarId ?? ''}
              options={[
                { value: '', label: t('dayAndNight') },
                ...calendars.map(({ id, name: called }) => ({
                  value: id,
                  label: format.text(called),
                })),
                ...(isLost
                  ? [{ value: policy.calendarId ?? '', label: policy.calendarId ?? '' }]
                  : []),
              ]}
              onChoose={(id) => onChange({ ...policy, calendarId: id === '' ? null : id })}
            />
          )}
        </Field>
        <TypedField
          label={t('warnAt')}
          value={policy.warnAtPercent}
          textOf={String}
          read={(text) => {
            const percent = Number(text.trim());
            return Number.isInteger(percent) && percent >= 1 && percent <= 100
              ? percent
              : undefined;
          }}
          wrong={t('percentWrong')}
          onChange={(warnAtPercent) => onChange({ ...policy, warnAtPercent })}
        />
      </div>
    </fieldset>
  );
}

/** None pressed: for all of them. */
function Choices<V extends string>({
  label,
  values,
  chosen,
  wordOf,
  onChange,
}: {
  label: string;
  values: readonly V[];
  chosen: readonly V[];
  wordOf: (value: V) => string;
  onChange: (chosen: V[]) => void;
}) {
  const { t } = useTranslation('serviceLevels');
  return (
    <fieldset className={styles.choices}>
      <legend>{label}</legend>
      <Chip pressed={chosen.length === 0} onClick={() => onChange([])}>
        {t('forAll')}
      </Chip>
      {values.map((value) => (
        <Chip
          key={value}
          pressed={chosen.includes(value)}
          onClick={() =>
            onChange(
              chosen.includes(value)
                ? chosen.filter((one) => one !== value)
                : values.filter((one) => one === value || chosen.includes(one)),
            )
          }
        >
          {wordOf(value)}
        </Chip>
      ))}
    </fieldset>
  );
}
