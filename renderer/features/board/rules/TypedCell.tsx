import { useState } from 'react';
import { TextField } from '../../../ui/TextField.tsx';
import styles from './rules.module.css';

/** A value typed in a row of a table: what cannot be read stays, is marked, and the last good value counts. */
export function TypedCell<V>({
  label,
  value,
  write,
  read,
  wrong,
  unit,
  testId,
  onChange,
}: {
  label: string;
  value: V;
  write: (value: V) => string;
  /** Undefined where the text says no value. */
  read: (text: string) => V | undefined;
  /** Said where it cannot be read. */
  wrong: string;
  /** Behind the number. */
  unit?: string;
  testId?: string;
  onChange: (value: V) => void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? write(value);
  const isWrong = read(text) === undefined;
  return (
    <TextField
      aria-label={isWrong ? `${label}: ${wrong}` : label}
      aria-invalid={isWrong}
      title={isWrong ? wrong : undefined}
      frameClassName={styles.cell}
      data-testid={testId}
      value={text}
      trail={unit ? <span className="small">{unit}</span> : undefined}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        const given = read(event.currentTarget.value);
        if (given !== undefined) onChange(given);
      }}
      onBlur={() => {
        if (!isWrong) setTyped(null);
      }}
    />
  );
}
