import type { InputHTMLAttributes, ReactNode, Ref } from 'react';
import { cx } from './cx.ts';
import styles from './TextField.module.css';

export interface TextFieldProps extends InputHTMLAttributes<HTMLInputElement> {
  /** Before the text, such as an icon. */
  lead?: ReactNode;
  /** After the text, such as a key cap or a mark. */
  trail?: ReactNode;
  ref?: Ref<HTMLInputElement>;
  frameClassName?: string | undefined;
}

/** A one-line text box with room for an icon and a mark. Label it with `Field` or `aria-label`. */
export function TextField({ lead, trail, frameClassName, className, ...rest }: TextFieldProps) {
  return (
    <span className={cx(styles.frame, frameClassName)} data-invalid={rest['aria-invalid'] === true}>
      {lead}
      <input type="text" autoComplete="off" {...rest} className={cx(styles.input, className)} />
      {trail}
    </span>
  );
}
