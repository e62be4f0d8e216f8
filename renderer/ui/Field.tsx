import { IconAlertCircle } from '@tabler/icons-react';
import { type ReactNode, useId } from 'react';
import styles from './Field.module.css';
import { KeyCap } from './KeyCap.tsx';

export interface FieldControl {
  id: string;
  'aria-invalid': boolean;
  'aria-describedby': string | undefined;
  'aria-required': boolean | undefined;
}

/**
 * Label above, hint or error below, for any control. `children` gets the attributes the control
 * must carry, so that label, hint and error belong to it.
 */
export function Field({
  label,
  required,
  note,
  keys,
  hint,
  error,
  className,
  children,
}: {
  label: ReactNode;
  required?: boolean;
  /** Words after the label in a lighter weight, such as "optional". */
  note?: ReactNode;
  keys?: string;
  hint?: ReactNode;
  error?: ReactNode;
  className?: string;
  children: (control: FieldControl) => ReactNode;
}) {
  const id = useId();
  const below = error ?? hint;
  const control: FieldControl = {
    id,
    'aria-invalid': Boolean(error),
    'aria-describedby': below ? `${id}-below` : undefined,
    'aria-required': required,
  };
  return (
    <div className={className} data-field={id}>
      <label htmlFor={id} className={styles.label}>
        <span>{label}</span>
        {required ? (
          <span className={styles.required} aria-hidden="true">
            *
          </span>
        ) : null}
        {note ? <span className={styles.note}>{note}</span> : null}
        {keys ? (
          <span className={styles.keys}>
            <KeyCap keys={keys} />
          </span>
        ) : null}
      </label>
      {children(control)}
      {error ? (
        <p id={`${id}-below`} className={styles.error}>
          <IconAlertCircle size={14} aria-hidden="true" />
          <span>{error}</span>
        </p>
      ) : null}
      {!error && hint ? (
        <p id={`${id}-below`} className={styles.hint}>
          {hint}
        </p>
      ) : null}
    </div>
  );
}
