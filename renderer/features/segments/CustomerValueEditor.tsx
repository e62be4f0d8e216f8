import { useTranslation } from 'react-i18next';
import type { CustomerValue } from '#shared/domain/settings/customerValue.ts';
import { Field } from '../../ui/Field.tsx';
import { NumberField } from './NumberField.tsx';
import styles from './segments.module.css';

/** Limits of the classes A and C, and the months of orders that count. */
export function CustomerValueEditor({
  value,
  onChange,
}: {
  value: CustomerValue;
  onChange: (value: CustomerValue) => void;
}) {
  const { t } = useTranslation('segments');
  const limits = [
    ['topPercent', 50],
    ['bottomPercent', 50],
    ['months', 120],
  ] as const;
  return (
    <div className={styles.editor}>
      <p className={styles.about}>{t('editor.about')}</p>
      {limits.map(([name, most]) => (
        <Field key={name} label={t(`editor.${name}`)}>
          {() => (
            <NumberField
              label={t(`editor.${name}`)}
              value={value[name]}
              least={name === 'months' ? 1 : 0}
              most={most}
              onChange={(next) => onChange({ ...value, [name]: next })}
            />
          )}
        </Field>
      ))}
    </div>
  );
}
