import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import styles from './Button.module.css';
import { cx } from './cx.ts';
import { KeyCap } from './KeyCap.tsx';

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** `solid` is the one main action of a screen; `answer` and `end` belong to the call bar. */
  variant?: 'default' | 'solid' | 'ghost' | 'answer' | 'end';
  /** sm 24 px, md 32 px, lg 40 px, xl 48 px. */
  size?: 'sm' | 'md' | 'lg' | 'xl';
  icon?: ReactNode;
  /** Keyboard shortcut such as `Alt+A`; shown as a cap and told to screen readers. */
  keys?: string | undefined;
  ref?: Ref<HTMLButtonElement>;
}

/** A button with an icon, a label and, where there is one, its key cap. */
export function Button({
  variant = 'default',
  size = 'md',
  icon,
  keys,
  children,
  className,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      aria-keyshortcuts={keys}
      className={cx(styles.button, styles[variant], styles[size], className)}
      {...rest}
    >
      {icon}
      <span className={styles.label}>{children}</span>
      {keys ? <KeyCap keys={keys} /> : null}
    </button>
  );
}
