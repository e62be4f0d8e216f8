import { useTranslation } from 'react-i18next';
import { TextField } from '../../ui/TextField.tsx';
import { useTypedValue } from '../fields/useTypedValue.ts';
import { readNumber } from './conditions.ts';
import styles from './segments.module.css';

/** A number of a condition. What is no number stays in the field and is told; the rule keeps the last good one. */
export function NumberField({
  label,
  value,
  least,
  most,
  onChange,
}: {
  label: string;
  value: number;
  least: number;
  most: number;
  onChange: (value: number) => void;
}) {
  const { t } = useTranslation('segments');
  const { isWrong, box } = useTypedValue({
    value,
    write: String,
    read: (text) => readNumber(text, least, most) ?? undefined,
    onChange,
  });
  return (
    <TextField
      frameClassName={styles.number}
      inputMode="numeric"
      aria-label={label}
      aria-invalid={isWrong}
      title={isWrong ? t('wrongNumber', { least, most }) : undefined}
      data-testid="condition-number"
      {...box}
    />
  );
}
