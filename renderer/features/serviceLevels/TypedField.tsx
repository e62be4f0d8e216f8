import { type ReactNode, useState } from 'react';
import { Field } from '../../ui/Field.tsx';
import { TextField } from '../../ui/TextField.tsx';

/**
 * A value written as text: what cannot be read stays in the box with what is wrong said below it, and the last good
 * value counts.
 */
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
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? textOf(value);
  const isWrong = read(text) === undefined;
  return (
    <Field label={label} hint={hint} error={isWrong ? wrong : undefined}>
      {(control) => (
        <TextField
          {...control}
          data-testid={testId}
          value={text}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            const given = read(event.currentTarget.value);
            if (given !== undefined) onChange(given);
          }}
          onBlur={() => {
            if (!isWrong) setTyped(null);
          }}
        />
      )}
    </Field>
  );
}
