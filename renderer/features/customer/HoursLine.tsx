import { useTranslation } from 'react-i18next';
import type { CallHours } from '#shared/domain/customers/customer.ts';
import { fail } from '#shared/result.ts';
import { Chip } from '../../ui/Chip.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from './CustomerCard.module.css';
import { clockOf, minuteOf, useHoursText } from './hoursText.ts';
import { InPlace, type InPlaceInput } from './InPlace.tsx';
import type { CustomerEditing } from './useCustomerEdit.ts';

const week = [1, 2, 3, 4, 5, 6, 7] as const;

interface Typed {
  from: string;
  to: string;
  days: number[];
}

function typedOf(hours: CallHours | null): string {
  const typed: Typed = hours
    ? { from: clockOf(hours.from), to: clockOf(hours.to), days: hours.days }
    : { from: '', to: '', days: [] };
  return JSON.stringify(typed);
}

/** Null: none any more; undefined: no hours can be read. */
function hoursOf({ from, to, days }: Typed): CallHours | null | undefined {
  if (from.trim() === '' && to.trim() === '' && days.length === 0) return null;
  const [first, last] = [minuteOf(from), minuteOf(to)];
  if (first === null || last === null || first >= last || days.length === 0) return undefined;
  return { from: first, to: last, days: [...days].sort((a, b) => a - b) };
}

function HoursInput({ control, value, onChange, onKeyDown }: InPlaceInput) {
  const { t } = useTranslation('customer');
  const typed: Typed = JSON.parse(value);
  const change = (patch: Partial<Typed>) => onChange(JSON.stringify({ ...typed, ...patch }));
  return (
    <>
      <div className={styles.pointRow}>
        <TextField
          id={control.id}
          aria-label={t('hoursFrom')}
          aria-invalid={control['aria-invalid']}
          autoFocus
          placeholder="9:00"
          data-testid="hours-from"
          value={typed.from}
          onKeyDown={onKeyDown}
          onChange={(event) => change({ from: event.target.value })}
        />
        <TextField
          aria-label={t('hoursTo')}
          placeholder="18:00"
          data-testid="hours-to"
          value={typed.to}
          onKeyDown={onKeyDown}
          onChange={(event) => change({ to: event.target.value })}
        />
      </div>
      <fieldset className={styles.days} aria-label={t('hoursDays')} onKeyDown={onKeyDown}>
        {week.map((day) => (
          <Chip
            key={day}
            pressed={typed.days.includes(day)}
            onClick={() =>
              change({
                days: typed.days.includes(day)
                  ? typed.days.filter((one) => one !== day)
                  : [...typed.days, day],
              })
            }
          >
            {t(`days.${day}`)}
          </Chip>
        ))}
      </fieldset>
    </>
  );
}

/** When the customer likes to be called. */
export function HoursLine({
  customerId,
  hours,
  editing,
}: {
  customerId: string;
  hours: CallHours | null;
  editing: CustomerEditing;
}) {
  const { t } = useTranslation('customer');
  const text = useHoursText();
  return (
    <InPlace
      label={t('fieldNames.callHours')}
      value={typedOf(hours)}
      shown={hours ? text(hours) : null}
      testId="call-hours"
      history={{ customerId, field: 'callHours' }}
      save={
        editing.may
          ? async (value) => {
              const callHours = hoursOf(JSON.parse(value));
              if (callHours === undefined) {
                return fail('invalid-input', 'callHours', { problem: 'noHours' });
              }
              return editing.edit({ callHours });
            }
          : null
      }
      input={(parts) => <HoursInput {...parts} />}
    />
  );
}
