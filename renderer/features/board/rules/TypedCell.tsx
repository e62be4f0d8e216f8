import { TextField } from '../../../ui/TextField.tsx';
import { useTypedValue } from '../../fields/useTypedValue.ts';
import styles from './rules.module.css';

/** A value typed in a row of a table: what cannot be read is marked. */
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
  const { isWrong, box } = useTypedValue({ value, write, read, onChange });
  return (
    <TextField
      aria-label={isWrong ? `${label}: ${wrong}` : label}
      aria-invalid={isWrong}
      title={isWrong ? wrong : undefined}
      frameClassName={styles.cell}
      data-testid={testId}
      trail={unit ? <span className="small">{unit}</span> : undefined}
      {...box}
    />
  );
}
