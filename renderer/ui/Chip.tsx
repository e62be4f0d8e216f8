import type { ButtonHTMLAttributes, ReactNode } from 'react';
import styles from './Chip.module.css';
import { cx } from './cx.ts';

/** A round toggle or quick choice, 24 px high. */
export function Chip({
  pressed,
  icon,
  className,
  children,
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & { pressed?: boolean; icon?: ReactNode }) {
  return (
    <button type="button" aria-pressed={pressed} className={cx(styles.chip, className)} {...rest}>
      {icon}
      {children}
    </button>
  );
}
