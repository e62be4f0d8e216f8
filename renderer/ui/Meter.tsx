import { cx } from './cx.ts';
import styles from './Meter.module.css';

/** A thin bar for a share of 0 to 1, with an optional target mark. `label` says the value in words. */
export function Meter({
  share,
  target,
  tone = 'plain',
  label,
}: {
  share: number;
  target?: number;
  tone?: 'plain' | 'ok' | 'warn' | 'error' | 'accent';
  label: string;
}) {
  const percent = Math.round(Math.min(1, Math.max(0, share)) * 100);
  return (
    <span role="img" aria-label={label} className={styles.track}>
      <i className={cx(styles.fill, styles[tone])} style={{ width: `${percent}%` }} />
      {target === undefined ? null : (
        <b className={styles.target} style={{ left: `${target * 100}%` }} />
      )}
    </span>
  );
}
