import { useTranslation } from 'react-i18next';
import styles from './ClassBadge.module.css';
import { cx } from './cx.ts';

/** Value class A, B or C. A is a solid dark badge, so that it never reads as a status. */
export function ClassBadge({ valueClass, long }: { valueClass: 'A' | 'B' | 'C'; long?: boolean }) {
  const { t } = useTranslation('common');
  const words = t('valueClass', { valueClass });
  return (
    <span className={cx(styles.badge, valueClass !== 'A' && styles.light)} title={words}>
      {long ? (
        words
      ) : (
        <>
          <span aria-hidden="true">{valueClass}</span>
          <span className="for-readers">{words}</span>
        </>
      )}
    </span>
  );
}
