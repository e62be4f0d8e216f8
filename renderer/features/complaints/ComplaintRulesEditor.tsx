import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PartOf } from '#shared/domain/settings/parts.ts';
import { cx } from '../../ui/cx.ts';
import { Field } from '../../ui/Field.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from './complaints.module.css';

type Rules = PartOf<'complaints'>;

const mostDays = 3650;

/** When a complaint repeats another, and who closes one. */
export function ComplaintRulesEditor({
  value,
  onChange,
}: {
  value: Rules;
  onChange: (value: Rules) => void;
}) {
  const { t } = useTranslation('complaints');
  const [typed, setTyped] = useState(String(value.repeatDays));
  const days = /^\d{1,4}$/.test(typed.trim()) ? Number(typed) : Number.NaN;
  const isBad = !(days <= mostDays);
  return (
    <div className={cx(styles.fields, styles.rules)}>
      <Field
        label={t('rules.repeatDays')}
        hint={t('rules.repeatHint')}
        error={isBad ? t('rules.badDays') : null}
      >
        {(control) => (
          <TextField
            {...control}
            inputMode="numeric"
            className={styles.short}
            data-testid="repeat-days"
            value={typed}
            onChange={(event) => {
              const text = event.currentTarget.value;
              setTyped(text);
              if (/^\d{1,4}$/.test(text.trim()) && Number(text) <= mostDays) {
                onChange({ ...value, repeatDays: Number(text) });
              }
            }}
          />
        )}
      </Field>
      <Checkbox
        label={t('rules.needsVisit')}
        checked={value.needsVisit}
        onChange={(event) => onChange({ ...value, needsVisit: event.currentTarget.checked })}
      />
    </div>
  );
}
