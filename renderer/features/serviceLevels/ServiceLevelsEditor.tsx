import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { newId } from '#shared/domain/ids.ts';
import type {
  BusinessCalendar,
  ServiceLevels,
  ServicePolicy,
} from '#shared/domain/settings/serviceLevels.ts';
import { Button } from '../../ui/Button.tsx';
import { CalendarEditor } from './CalendarEditor.tsx';
import { DuePreview } from './DuePreview.tsx';
import { PolicyEditor } from './PolicyEditor.tsx';
import styles from './serviceLevels.module.css';

/** Time limits of tickets, and the calendars by which they run. */
export function ServiceLevelsEditor({
  value,
  onChange,
}: {
  value: ServiceLevels;
  onChange: (value: ServiceLevels) => void;
}) {
  const { t } = useTranslation('serviceLevels');
  const { policies, calendars } = value;
  const addPolicy = () => onChange({ ...value, policies: [...policies, newPolicy(calendars)] });
  const addCalendar = () => onChange({ ...value, calendars: [...calendars, newCalendar()] });
  return (
    <div className={styles.editor}>
      <DuePreview levels={value} />
      <h2>{t('policies')}</h2>
      <p className="small">{t('policiesHint')}</p>
      {policies.map((policy, place) => (
        <PolicyEditor
          key={policy.id}
          policy={policy}
          calendars={calendars}
          place={place}
          count={policies.length}
          onChange={(next) => onChange({ ...value, policies: policies.with(place, next) })}
          onMove={(by) => onChange({ ...value, policies: swapped(policies, place, place + by) })}
          onRemove={() =>
            onChange({ ...value, policies: policies.filter(({ id }) => id !== policy.id) })
          }
        />
      ))}
      <Button
        data-testid="add-policy"
        icon={<IconPlus size={16} aria-hidden="true" />}
        onClick={addPolicy}
      >
        {t('addPolicy')}
      </Button>
      <h2>{t('calendars')}</h2>
      <p className="small">{t('calendarsHint')}</p>
      {calendars.map((calendar, place) => (
        <CalendarEditor
          key={calendar.id}
          calendar={calendar}
          isUsed={policies.some(({ calendarId }) => calendarId === calendar.id)}
          onChange={(next) => onChange({ ...value, calendars: calendars.with(place, next) })}
          onRemove={() =>
            onChange({ ...value, calendars: calendars.filter(({ id }) => id !== calendar.id) })
          }
        />
      ))}
      <Button icon={<IconPlus size={16} aria-hidden="true" />} onClick={addCalendar}>
        {t('addCalendar')}
      </Button>
    </div>
  );
}

function newPolicy(calendars: readonly BusinessCalendar[]): ServicePolicy {
  return {
    id: newId(),
    name: { en: 'New policy', 'zh-CN': '新策略' },
    types: [],
    classes: [],
    priorities: [],
    calendarId: calendars[0]?.id ?? null,
    minutes: { respond: 480, resolve: 1440 },
    warnAtPercent: 75,
  };
}

/** Office hours with a break at noon, in the time zone of whoever makes it. */
function newCalendar(): BusinessCalendar {
  return {
    id: newId(),
    name: { en: 'Office hours', 'zh-CN': '办公时间' },
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    week: [1, 2, 3, 4, 5].flatMap((day) => [
      { day, from: 540, to: 720 },
      { day, from: 810, to: 1080 },
    ]),
    holidays: [],
    makeUpDays: [],
  };
}

function swapped<T>(list: readonly T[], a: number, b: number): T[] {
  const [one, other] = [list[a], list[b]];
  return one === undefined || other === undefined ? [...list] : list.with(a, other).with(b, one);
}
