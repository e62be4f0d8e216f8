import type { ReactNode } from 'react';
import { Field } from '../../ui/Field.tsx';
import styles from './importing.module.css';

export interface ChoiceOption<V extends string> {
  value: V;
  label: string;
}

/** One of a few settings, with how sure it is beside its name. */
export function Choice<V extends string>({
  label,
  note,
  value,
  options,
  testId,
  onChange,
}: {
  label: ReactNode;
  note?: ReactNode;
  value: V;
  options: readonly ChoiceOption<V>[];
  testId: string;
  onChange: (value: V) => void;
}) {
  return (
    <Field label={label} note={note}>
      {({ id }) => (
        <select
          id={id}
          className={styles.select}
          data-testid={testId}
          value={value}
          onChange={(event) => {
            const chosen = options.find((option) => option.value === event.currentTarget.value);
            if (chosen) onChange(chosen.value);
          }}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
