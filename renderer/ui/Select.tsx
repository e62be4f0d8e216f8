import type { SelectHTMLAttributes } from 'react';
import { cx } from './cx.ts';
import styles from './Select.module.css';

export interface SelectOption<V extends string> {
  value: V;
  label: string;
}

/** One of a few values, with the system's own list. Label it with `Field` or `aria-label`. */
export function Select<V extends string>({
  value,
  options,
  onChoose,
  className,
  ...rest
}: Omit<SelectHTMLAttributes<HTMLSelectElement>, 'onChange' | 'value'> & {
  value: V;
  options: readonly SelectOption<V>[];
  onChoose: (value: V) => void;
}) {
  return (
    <select
      {...rest}
      className={cx(styles.select, className)}
      value={value}
      onChange={(event) => {
        const chosen = options.find((option) => option.value === event.currentTarget.value);
        if (chosen) onChoose(chosen.value);
      }}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
