import { Checkbox } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { useId } from 'react';
import styles from './integrations.module.css';

/** Several of a list, in two columns under one name. */
export function CheckList<V extends string>({
  label,
  hint,
  error,
  options,
  chosen,
  labelOf,
  onChange,
  testId,
}: {
  label: string;
  hint?: string;
  error?: string | null;
  options: readonly V[];
  chosen: readonly V[];
  labelOf: (value: V) => string;
  onChange: (chosen: V[]) => void;
  testId: string;
}) {
  const below = useId();
  const change = (value: V, checked: boolean) =>
    onChange(options.filter((one) => (one === value ? checked : chosen.includes(one))));
  return (
    <fieldset className={styles.checks} data-testid={testId} aria-describedby={below}>
      <legend>{label}</legend>
      <div className={styles.checkGrid}>
        {options.map((value) => (
          <Checkbox
            key={value}
            label={labelOf(value)}
            checked={chosen.includes(value)}
            data-testid={`${testId}-${value}`}
            onChange={(event) => change(value, event.currentTarget.checked)}
          />
        ))}
      </div>
      <p id={below} className={error ? styles.error : 'small'} role={error ? 'alert' : undefined}>
        {error ? <IconAlertCircle size={14} aria-hidden="true" /> : null}
        {error ?? hint}
      </p>
    </fieldset>
  );
}
