import type { ReactNode } from 'react';
import { Field } from '../../ui/Field.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useTypedValue } from '../fields/useTypedValue.ts';

/** A value written as text, with what is wrong with it below. */
export function TypedField<V>({
  label,
  hint,
  value,
  textOf,
  read,
  wrong,
  testId,
  onChange,
}: {
  label: ReactNode;
  hint?: ReactNode;
  value: V;
  textOf: (value: V) => string;
  /** Undefined where the text says no value. */
  read: (text: string) => V | undefined;
  wrong: string;
  testId?: string;
  onChange: (value: V) => void;
}) {
  const { isWrong, box } = useTypedValue({ value, write: textOf, read, onChange });
  return (
    <Field label={label} hint={hint} error={isWrong ? wrong : undefined}>
      {(control) => <TextField {...control} data-testid={testId} {...box} />}
    </Field>
  );
}
