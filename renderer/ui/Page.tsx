import type { ReactNode, Ref } from 'react';
import { cx } from './cx.ts';
import styles from './Page.module.css';

/** A page with its list, and the chosen thing in a column beside it where there is one. */
export function Page({
  ref,
  testId,
  label,
  titleRef,
  head,
  filters,
  notice,
  side,
  sideWidth = 'wide',
  flush = false,
  region = true,
  children,
}: {
  ref?: Ref<HTMLDivElement>;
  testId: string;
  label: string;
  /** The title takes the focus where what had it is gone. */
  titleRef?: Ref<HTMLHeadingElement>;
  head: ReactNode;
  /** A line of choices below the head. */
  filters?: ReactNode;
  /** Stays above what scrolls, from edge to edge. */
  notice?: ReactNode;
  side?: ReactNode;
  sideWidth?: 'narrow' | 'middle' | 'wide';
  /** What is below the head has its own edges, and scrolls by itself. */
  flush?: boolean;
  /** One step of the key that goes round the regions; else its parts are. */
  region?: boolean;
  children: ReactNode;
}) {
  return (
    <div
      ref={ref}
      className={styles.page}
      data-side={side ? sideWidth : 'none'}
      data-testid={testId}
    >
      <section className={styles.column} aria-label={label} data-region={region ? '3' : undefined}>
        <header className={styles.head}>
          <h1 ref={titleRef} tabIndex={titleRef ? -1 : undefined}>
            {label}
          </h1>
          {head}
        </header>
        {filters ? <div className={styles.filters}>{filters}</div> : null}
        {notice}
        {flush ? children : <div className={cx('scroll', styles.body)}>{children}</div>}
      </section>
      {side ? (
        <div className={styles.side} data-region="4">
          {side}
        </div>
      ) : null}
    </div>
  );
}
