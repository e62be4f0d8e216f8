import { IconAlertCircle } from '@tabler/icons-react';
import { type FocusEvent, type ReactNode, useContext, useId, useState } from 'react';
import { Field } from '../../ui/Field.tsx';
import { TextField, type TextFieldProps } from '../../ui/TextField.tsx';
import styles from './administration.module.css';
import { type FieldFlaw, TriedToSave } from './flaws.ts';

/** A text of a setting, with what is wrong with it below. `cell`: in a table, whose head says what it is. */
export function SettingText({
  label,
  hint,
  cell = false,
  flaw,
  onBlur,
  ...box
}: Omit<TextFieldProps, 'onChange'> & {
  label: string;
  hint?: ReactNode;
  cell?: boolean;
  flaw: FieldFlaw | null;
  onChange: NonNullable<TextFieldProps['onChange']>;
}) {
  const below = useId();
  const [left, setLeft] = useState(false);
  const tried = useContext(TriedToSave);
  const error = flaw && (!flaw.isMissing || left || tried) ? flaw.words : null;
  const own = {
    ...box,
    'data-flawed': flaw !== null,
    onBlur: (event: FocusEvent<HTMLInputElement>) => {
      setLeft(true);
      onBlur?.(event);
    },
  };
  if (!cell) {
    return (
      <Field label={label} hint={hint} error={error}>
        {(control) => <TextField {...control} {...own} />}
      </Field>
    );
  }
  return (
    <>
      <TextField
        aria-label={label}
        aria-invalid={error !== null}
        aria-describedby={error === null ? undefined : below}
        {...own}
      />
      {error === null ? null : (
        <p id={below} className={styles.cellError}>
          <IconAlertCircle size={14} aria-hidden="true" />
          <span>{error}</span>
        </p>
      )}
    </>
  );
}
