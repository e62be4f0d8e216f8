import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import styles from './Pill.module.css';

export type Tone = 'plain' | 'ok' | 'warn' | 'error' | 'accent' | 'outline';

/** A short state in words, with shape (icon) and colour beside it. */
export function Pill({
  tone = 'plain',
  icon,
  title,
  children,
}: {
  tone?: Tone;
  icon?: ReactNode;
  title?: string;
  children: ReactNode;
}) {
  return (
    <span className={cx(styles.pill, styles[tone])} title={title}>
      {icon}
      {children}
    </span>
  );
}
