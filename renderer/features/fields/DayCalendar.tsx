import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { monthsAway } from '#shared/domain/localDate.ts';
import { dateOfDay, dayOfDate, weekdayOf } from '#shared/domain/serviceLevels/zonedTime.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import styles from './day.module.css';

const earliest = '0001-01-01';
const latest = '9999-12-31';
const weekDays = [1, 2, 3, 4, 5, 6, 7] as const;

function later(date: string, days: number): string {
  const moved = dayOfDate(date) + days;
  return moved < dayOfDate(earliest) || moved > dayOfDate(latest) ? date : dateOfDay(moved);
}

function monthLater(date: string, months: number): string {
  const moved = monthsAway(date, months);
  return /^\d{4}-/u.test(moved) && moved >= earliest ? moved : date;
}

/** Where a key leads in a calendar; null for any other key. */
export function moveInCalendar(key: string, shift: boolean, date: string): string | null {
  const weekday = weekdayOf(dayOfDate(date));
  switch (key) {
    case 'ArrowLeft':
      return later(date, -1);
    case 'ArrowRight':
      return later(date, 1);
    case 'ArrowUp':
      return later(date, -7);
    case 'ArrowDown':
      return later(date, 7);
    case 'Home':
      return later(date, 1 - weekday);
    case 'End':
      return later(date, 7 - weekday);
    case 'PageUp':
      return monthLater(date, shift ? -12 : -1);
    case 'PageDown':
      return monthLater(date, shift ? 12 : 1);
    default:
      return null;
  }
}

/** The weeks of the month of a day, from Monday on, with the days beside it that fill them. */
export function weeksOf(date: string): string[][] {
  const first = dayOfDate(`${date.slice(0, 7)}-01`);
  const start = first - weekdayOf(first) + 1;
  const weeks: string[][] = [];
  for (let monday = start; weeks.length < 6; monday += 7) {
    weeks.push(weekDays.map((weekday) => dateOfDay(monday + weekday - 1)));
  }
  return weeks;
}

/** A month of days, as a grid of one tab stop: arrows by day and week, Page Up and Down by month, with Shift by year. */
export function DayCalendar({
  day,
  today,
  onChoose,
}: {
  /** `YYYY-MM-DD`, empty for none. */
  day: string;
  today: string;
  onChoose: (day: string) => void;
}) {
  const { t } = useTranslation('fields');
  const format = useFormat();
  const [active, setActive] = useState(day === '' ? today : day);
  const grid = useRef<HTMLTableElement>(null);
  // At first the popover gives the focus, and remembers where it was.
  const byKey = useRef(false);
  const month = active.slice(0, 7);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the focus goes to the day that the keys came to
  useEffect(() => {
    if (byKey.current) grid.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  }, [active]);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const to = moveInCalendar(event.key, event.shiftKey, active);
    if (to === null) return;
    event.preventDefault();
    event.stopPropagation();
    byKey.current = true;
    setActive(to);
  }
  function turn(months: number): void {
    byKey.current = false;
    setActive(monthLater(active, months));
  }
  return (
    <div className={styles.calendar}>
      <div className={styles.month}>
        <IconButton
          label={t('day.monthBefore')}
          icon={<IconChevronLeft size={16} aria-hidden="true" />}
          onClick={() => turn(-1)}
        />
        <span aria-live="polite" className={styles.monthName}>
          {format.yearMonth(month)}
        </span>
        <IconButton
          label={t('day.monthAfter')}
          icon={<IconChevronRight size={16} aria-hidden="true" />}
          onClick={() => turn(1)}
        />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose cells are chosen is a grid */}
      <table ref={grid} role="grid" aria-label={format.yearMonth(month)} onKeyDown={onKeyDown}>
        <thead>
          <tr>
            {weekDays.map((weekday) => (
              <th key={weekday} scope="col" className={styles.weekday}>
                {t(`day.weekday.${weekday}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(active).map((week) => (
            <tr key={week[0]}>
              {week.map((date) => (
                <td key={date}>
                  <button
                    type="button"
                    className={styles.date}
                    tabIndex={date === active ? 0 : -1}
                    data-autofocus={date === active || undefined}
                    aria-label={format.date(date)}
                    aria-pressed={date === day}
                    aria-current={date === today ? 'date' : undefined}
                    data-beside={date.slice(0, 7) !== month || undefined}
                    data-testid={`day-${date}`}
                    onClick={() => onChoose(date)}
                  >
                    {Number(date.slice(8))}
                  </button>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
