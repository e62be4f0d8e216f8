import { type ReactNode, useId } from 'react';
import { cx } from './cx.ts';
import styles from './Segmented.module.css';

export interface SegmentedOption<V extends string> {
  value: V;
  label: ReactNode;
  icon?: ReactNode;
}

/** A radio group in one row; arrows move the choice. `value` null: nothing chosen yet. */
export function Segmented<V extends string>({
  label,
  labelledBy,
  value,
  options,
  onChange,
  className,
  autoFocus = false,
}: {
  label?: string;
  labelledBy?: string;
  value: V | null;
  options: readonly SegmentedOption<V>[];
  onChange: (value: V) => void;
  className?: string;
  /** In a dialog: the focus begins at the choice, or at the first of them. */
  autoFocus?: boolean;
}) {
  const begins = autoFocus ? (value ?? options[0]?.value) : null;
  const name = useId();
  return (
    <div
      role="radiogroup"
      aria-label={label}
      aria-labelledby={labelledBy}
      className={cx(styles.group, className)}
    >
      {options.map((option) => (
        <label key={option.value} className={styles.option}>
          <input
            type="radio"
            className={styles.radio}
            name={name}
            value={option.value}
            checked={option.value === value}
            data-autofocus={option.value === begins || undefined}
            onChange={() => onChange(option.value)}
          />
          <span className={styles.face}>
            {option.icon}
            {option.label}
          </span>
        </label>
      ))}
    </div>
  );
}
