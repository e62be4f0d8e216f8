import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import styles from './Page.module.css';

/** A page with its list, and the chosen thing in a column beside it where there is one. */
export function Page({
  testId,
  label,
  head,
  filters,
  side,
  children,
}: {
  testId: string;
  label: string;
  head: ReactNode;
  /** A line of choices below the head. */
  filters?: ReactNode;
  side?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className={styles.page} data-detail={Boolean(side)} data-testid={testId}>
      <section className={styles.column} aria-label={label} data-region="3">
        <header className={styles.head}>
          <h1>{label}</h1>
          {head}
        </header>
        {filters ? <div className={styles.filters}>{filters}</div> : null}
        <div className={cx('scroll', styles.body)}>{children}</div>
      </section>
      {side ? (
        <div className={styles.side} data-region="4">
          {side}
        </div>
      ) : null}
    </div>
  );
}
