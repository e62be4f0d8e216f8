import { IconAlertCircle } from '@tabler/icons-react';
import { type ReactNode, useEffect, useId, useRef } from 'react';
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
  const message = useRef<HTMLParagraphElement>(null);
  const wrong = Boolean(error);
  // Who is in the field sees what is wrong with it, though the form ends above the message.
  useEffect(() => {
    const { current } = message;
    if (!wrong || !current?.parentElement?.contains(document.activeElement)) return;
    current.scrollIntoView?.({ block: 'nearest' });
  }, [wrong]);
  const control: FieldControl = {
    id,
    'aria-invalid': wrong,
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
        <p ref={message} id={`${id}-below`} className={styles.error}>
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
