import type { ReactNode } from 'react';
import { Field } from '../../ui/Field.tsx';
import { Select, type SelectOption } from '../../ui/Select.tsx';
import styles from './importing.module.css';

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
  options: readonly SelectOption<V>[];
  testId: string;
  onChange: (value: V) => void;
}) {
  return (
    <Field label={label} note={note}>
      {({ id }) => (
        <Select
          id={id}
          className={styles.wide ?? ''}
          data-testid={testId}
          value={value}
          options={options}
          onChoose={onChange}
        />
      )}
    </Field>
  );
}
