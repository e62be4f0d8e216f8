import { IconTrash } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isTimeZone } from '#shared/domain/serviceLevels/zonedTime.ts';
import type { BusinessCalendar } from '#shared/domain/settings/serviceLevels.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { Field } from '../../ui/Field.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { TextField } from '../../ui/TextField.tsx';
import {
  holidayText,
  type LineProblem,
  makeUpText,
  type ReadLines,
  readHolidays,
  readMakeUpDays,
} from './dateLines.ts';
import { hoursText, readHours } from './hourText.ts';
import { NameFields } from './NameFields.tsx';
import styles from './serviceLevels.module.css';
import { TypedField } from './TypedField.tsx';

const week = [1, 2, 3, 4, 5, 6, 7];

/** One calendar: its time zone, the open hours of a week, days that are free and days worked in return. */
export function CalendarEditor({
  calendar,
  isUsed,
  onChange,
  onRemove,
}: {
  calendar: BusinessCalendar;
  /** A policy goes by it. */
  isUsed: boolean;
  onChange: (calendar: BusinessCalendar) => void;
  onRemove: () => void;
}) {
  const { t } = useTranslation('serviceLevels');
  const format = useFormat();
  const zones = useId();
  const name = format.text(calendar.name);
  const isOpen = calendar.week.length > 0;
  return (
    <fieldset className={styles.card} data-testid="business-calendar">
      <legend className="for-readers">{name}</legend>
      <div className={styles.cardHead}>
        <h3>{name}</h3>
        <IconButton
          label={isUsed ? t('usedCalendar', { name }) : t('remove', { name })}
          icon={<IconTrash size={16} aria-hidden="true" />}
          disabled={isUsed}
          onClick={onRemove}
        />
      </div>
      <div className={styles.two}>
        <NameFields
          name={calendar.name}
          onChange={(next) => onChange({ ...calendar, name: next })}
        />
      </div>
      <Field
        label={t('timeZone')}
        error={isTimeZone(calendar.timeZone) ? undefined : t('problems.zone-unknown')}
      >
        {(control) => (
          <>
            <TextField
              {...control}
              list={zones}
              data-testid="calendar-zone"
              value={calendar.timeZone}
              onChange={(event) => onChange({ ...calendar, timeZone: event.currentTarget.value })}
            />
            <datalist id={zones}>
              {Intl.supportedValuesOf('timeZone').map((zone) => (
                <option key={zone} value={zone} />
              ))}
            </datalist>
          </>
        )}
      </Field>
      <p className="small">{t('hoursHint')}</p>
      {isOpen ? null : (
        <p role="alert" className="tone-error">
          {t('problems.never-open')}
        </p>
      )}
      <div className={styles.four}>
        {week.map((day) => (
          <TypedField
            key={day}
            label={t(`weekdays.${day}`)}
            value={hoursText(calendar.week, day)}
            textOf={(text) => text}
            read={(text) => (readHours(text, day) === null ? undefined : text)}
            wrong={t('hoursWrong')}
            testId={`hours-${day}`}
            onChange={(text) =>
              onChange({
                ...calendar,
                week: [
                  ...calendar.week.filter((hours) => hours.day !== day),
                  ...(readHours(text, day) ?? []),
                ].toSorted((a, b) => a.day - b.day || a.from - b.from),
              })
            }
          />
        ))}
      </div>
      <div className={styles.two}>
        <DayLines
          label={t('holidays', { count: calendar.holidays.length })}
          hint={t('holidaysHint')}
          days={calendar.holidays}
          textOf={holidayText}
          read={readHolidays}
          testId="holidays"
          onChange={(holidays) => onChange({ ...calendar, holidays })}
        />
        <DayLines
          label={t('makeUpDays', { count: calendar.makeUpDays.length })}
          hint={t('makeUpHint')}
          days={calendar.makeUpDays}
          textOf={makeUpText}
          read={readMakeUpDays}
          testId="make-up-days"
          onChange={(makeUpDays) => onChange({ ...calendar, makeUpDays })}
        />
      </div>
      <Both calendar={calendar} />
    </fieldset>
  );
}

/** Days that are free and worked at once. */
function Both({ calendar: { holidays, makeUpDays } }: { calendar: BusinessCalendar }) {
  const { t } = useTranslation('serviceLevels');
  const format = useFormat();
  const free = new Set(holidays.map(({ date }) => date));
  const both = makeUpDays.map(({ date }) => date).filter((date) => free.has(date));
  if (both.length === 0) return null;
  return (
    <p role="alert" className="tone-error">
      {t('problems.date-twice', { dates: format.list(both) })}
    </p>
  );
}

function DayLines<T>({
  label,
  hint,
  days,
  textOf,
  read,
  testId,
  onChange,
}: {
  label: string;
  hint: string;
  days: readonly T[];
  textOf: (days: readonly T[]) => string;
  read: (text: string) => ReadLines<T>;
  testId: string;
  onChange: (days: T[]) => void;
}) {
  const { t } = useTranslation('serviceLevels');
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? textOf(days);
  const problems = typed === null ? [] : read(typed).problems;
  const wordsOf = ({ line, problem, text: written }: LineProblem) =>
    t(`lines.${problem}`, { line, text: written });
  return (
    <Field
      label={label}
      hint={hint}
      error={
        problems.length > 0 ? (
          <span data-testid={`${testId}-problems`}>
            {problems.slice(0, 5).map(wordsOf).join(' ')}
          </span>
        ) : undefined
      }
    >
      {(control) => (
        <textarea
          {...control}
          className={styles.lines}
          data-testid={testId}
          rows={10}
          spellCheck={false}
          value={text}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            const given = read(event.currentTarget.value);
            if (given.problems.length === 0) onChange(given.days);
          }}
          onBlur={() => {
            if (problems.length === 0) setTyped(null);
          }}
        />
      )}
    </Field>
  );
}
