import { IconCircleCheck, IconCircleDashed, IconClock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { deskNow } from '../../ui/clock.ts';
import { cx } from '../../ui/cx.ts';
import styles from './CustomerCard.module.css';
import { monthsSince } from './months.ts';

const freshMonths = 12;

/** When a value was last confirmed: a check with the month, a clock for an old one, dashes for never. */
export function VerifiedMark({ verifiedOn }: { verifiedOn: string | null }) {
  const { t } = useTranslation('customer');
  const format = useFormat();
  if (verifiedOn === null) {
    return (
      <span className={cx(styles.mark, 'muted')} title={t('verified.never')}>
        <IconCircleDashed size={14} aria-hidden="true" />
        <span className="for-readers">{t('verified.never')}</span>
      </span>
    );
  }
  const months = monthsSince(verifiedOn, deskNow());
  const title = t('verified.on', { date: format.date(verifiedOn) });
  if (months > freshMonths) {
    return (
      <span className={cx(styles.mark, 'tone-warn')} title={title}>
        <IconClock size={14} aria-hidden="true" />
        {t('verified.old', { months })}
      </span>
    );
  }
  return (
    <span className={cx(styles.mark, 'tone-ok')} title={title}>
      <IconCircleCheck size={14} aria-hidden="true" />
      <span className="for-readers">{t('verified.word')}</span>
      {months === 0 ? t('verified.now') : format.monthMark(verifiedOn)}
    </span>
  );
}
