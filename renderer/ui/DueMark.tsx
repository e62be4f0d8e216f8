import { IconAlertTriangle, IconCircleCheck, IconClock, IconHourglass } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/useFormat.ts';
import { useNow } from './clock.ts';
import { cx } from './cx.ts';
import styles from './DueMark.module.css';

const closeMs = 4 * 3_600_000;

/** How a deadline stands: on time (clock), close, that is less than 4 h (hourglass), late (triangle). */
function dueState(dueAt: number, now: number): 'onTime' | 'close' | 'late' {
  if (dueAt < now) return 'late';
  return dueAt - now <= closeMs ? 'close' : 'onTime';
}

const icons = { onTime: IconClock, close: IconHourglass, late: IconAlertTriangle };

/** Deadline as shape, words and colour; `done` shows that it was met. */
export function DueMark({ dueAt, done }: { dueAt: number; done?: boolean }) {
  const { t } = useTranslation('common');
  const format = useFormat();
  const now = useNow();
  if (done) {
    return (
      <span className={cx(styles.mark, styles.done)}>
        <IconCircleCheck size={14} aria-hidden="true" />
        {t('due.done')}
      </span>
    );
  }
  const state = dueState(dueAt, now);
  const Icon = icons[state];
  const left = format.left(dueAt - now);
  return (
    <span
      className={cx(styles.mark, styles[state])}
      title={`${format.day(dueAt)} ${format.time(dueAt)}`}
    >
      <Icon size={14} aria-hidden="true" />
      <span className="for-readers">{t(`due.${state}`)}</span>
      {left}
    </span>
  );
}
