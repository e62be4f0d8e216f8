import type { ReactNode } from 'react';
import styles from './Banner.module.css';
import { cx } from './cx.ts';

/** A line across a region: what is the matter, what it means, what to do. */
export function Banner({
  tone = 'warn',
  icon,
  title,
  text,
  actions,
}: {
  tone?: 'warn' | 'error' | 'accent' | 'ok';
  icon?: ReactNode;
  title: ReactNode;
  text?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div className={cx(styles.banner, styles[tone])} role={tone === 'error' ? 'alert' : 'status'}>
      {icon}
      <span className={styles.words}>
        <span>{title}</span>
        {text ? <span className={styles.text}>{text}</span> : null}
      </span>
      {actions}
    </div>
  );
}
