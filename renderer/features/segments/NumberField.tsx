import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TextField } from '../../ui/TextField.tsx';
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
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? String(value);
  const wrong = readNumber(text, least, most) === null;
  return (
    <TextField
      frameClassName={styles.number}
      inputMode="numeric"
      aria-label={label}
      aria-invalid={wrong}
      title={wrong ? t('wrongNumber', { least, most }) : undefined}
      value={text}
      data-testid="condition-number"
      onChange={(event) => {
        setTyped(event.target.value);
        const read = readNumber(event.target.value, least, most);
        if (read !== null) onChange(read);
      }}
      onBlur={() => {
        if (!wrong) setTyped(null);
      }}
    />
  );
}
