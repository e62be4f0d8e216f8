import { Popover } from '@mantine/core';
import { IconCalendar } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { localDate } from '#shared/domain/localDate.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { deskNow } from '../../ui/clock.ts';
import type { FieldControl } from '../../ui/Field.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { DayCalendar } from './DayCalendar.tsx';
import styles from './day.module.css';
import { onDay, type Read, readDay, readMoment } from './dayText.ts';

interface BoxProps {
  control?: Partial<FieldControl>;
  'aria-label'?: string;
  placeholder?: string;
  className?: string | undefined;
  testId?: string;
}

interface TypedProps<V> extends BoxProps {
  /** The value in words, empty for none. */
  shown: string;
  read: (typed: string) => Read<V>;
  /** Null: the box was emptied. */
  onTyped: (value: V | null) => void;
  calendar: (close: () => void) => ReactNode;
}

/**
 * A box that takes its text when it is left or Enter is pressed. What cannot be read stays as it was typed, with the
 * reason below; Escape brings back what was there. Arrow down opens the calendar.
 */
function TypedBox<V>({
  shown,
  read,
  onTyped,
  calendar,
  control,
  className,
  testId,
  ...rest
}: TypedProps<V>) {
  const { t } = useTranslation('fields');
  const [typed, setTyped] = useState<string | null>(null);
  const [editing, setEditing] = useState(false);
  const [opened, setOpened] = useState(false);
  const found = typed === null || typed.trim() === '' ? null : read(typed);
  const problem = found && !found.ok && !editing ? found.problem : null;

  function take(): void {
    setEditing(false);
    if (typed === null || (found && !found.ok)) return;
    setTyped(null);
    onTyped(found ? found.value : null);
  }
  function close(): void {
    setOpened(false);
    setTyped(null);
    setEditing(false);
  }
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-start"
      trapFocus
      returnFocus
      // In a menu that a click elsewhere closes, it must not lie elsewhere; fixed, nothing that scrolls cuts it off.
      withinPortal={false}
      floatingStrategy="fixed"
      withRoles={false}
    >
      <Popover.Target>
        <span className={styles.box}>
          <TextField
            {...control}
            {...rest}
            frameClassName={className ?? styles.day}
            data-testid={testId}
            aria-invalid={problem !== null || control?.['aria-invalid'] === true}
            value={typed ?? shown}
            onFocus={(event) => event.currentTarget.select()}
            onChange={(event) => {
              setEditing(true);
              setTyped(event.currentTarget.value);
            }}
            onBlur={take}
            onKeyDown={(event) => {
              if (event.nativeEvent.isComposing) return;
              if (event.key === 'Enter') take();
              else if (event.key === 'ArrowDown') setOpened(true);
              else if (event.key === 'Escape' && typed !== null) setTyped(null);
              else return;
              event.preventDefault();
              event.stopPropagation();
            }}
            trail={
              <IconButton
                label={t('day.calendar')}
                tabIndex={-1}
                className={styles.open}
                icon={<IconCalendar size={16} stroke={1.75} aria-hidden="true" />}
                onClick={() => setOpened(!opened)}
              />
            }
          />
          {problem ? (
            <span className={styles.problem} role="alert">
              {t(`day.${problem}`)}
            </span>
          ) : null}
        </span>
      </Popover.Target>
      <Popover.Dropdown
        role="dialog"
        aria-label={t('day.calendar')}
        className={styles.dropdown}
        onKeyDown={(event) => {
          // It has closed the calendar, and what the box stands in stays.
          if (event.key === 'Escape') event.stopPropagation();
        }}
      >
        {opened ? calendar(close) : null}
      </Popover.Dropdown>
    </Popover>
  );
}

/** A day, typed in the agent's own words or chosen from a calendar; `YYYY-MM-DD`, empty for none. */
export function DayField({
  value,
  today = localDate(deskNow()),
  needed = false,
  onChange,
  ...box
}: BoxProps & {
  value: string;
  /** Of the clocks that are meant; this machine's where nothing is said. */
  today?: string;
  /** A box that is emptied has its day again. */
  needed?: boolean;
  onChange: (day: string) => void;
}) {
  const format = useFormat();
  return (
    <TypedBox
      {...box}
      shown={value === '' ? '' : format.date(value)}
      read={(typed) => readDay(typed, today)}
      onTyped={(day) => {
        if (day !== null || !needed) onChange(day ?? '');
      }}
      calendar={(close) => (
        <DayCalendar
          day={value}
          today={today}
          onChoose={(day) => {
            close();
            onChange(day);
          }}
        />
      )}
    />
  );
}

/** A moment, ms UTC: a day and a time of it, by the clocks of this machine. */
export function MomentField({
  value,
  onChange,
  ...box
}: BoxProps & {
  value: number | undefined;
  onChange: (at: number | undefined) => void;
}) {
  const format = useFormat();
  const date = value === undefined ? '' : localDate(value);
  return (
    <TypedBox
      {...box}
      shown={value === undefined ? '' : `${format.date(date)} ${format.time(value)}`}
      read={(typed) => readMoment(typed, deskNow())}
      onTyped={(at) => onChange(at ?? undefined)}
      calendar={(close) => (
        <DayCalendar
          day={date}
          today={localDate(deskNow())}
          onChoose={(day) => {
            close();
            onChange(onDay(value, day));
          }}
        />
      )}
    />
  );
}
