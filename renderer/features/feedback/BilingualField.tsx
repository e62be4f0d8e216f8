import { useTranslation } from 'react-i18next';
import { type Bilingual, languages } from '#shared/domain/text/text.ts';
import { Field } from '../../ui/Field.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from './feedback.module.css';

/** One text in both languages, side by side. */
export function BilingualField({
  label,
  value,
  onChange,
  wrong = false,
  testId,
}: {
  label: string;
  value: Bilingual;
  onChange: (value: Bilingual) => void;
  /** Both are needed, and one is missing. */
  wrong?: boolean;
  testId: string;
}) {
  const { t } = useTranslation('feedback');
  return (
    <div className={styles.both}>
      {languages.map((language) => (
        <Field
          key={language}
          label={`${label} · ${t(`common:language.${language}`)}`}
          error={wrong && value[language].trim() === '' ? t('textNeeded') : null}
        >
          {(control) => (
            <TextField
              {...control}
              lang={language}
              maxLength={1000}
              data-testid={`${testId}-${language}`}
              value={value[language]}
              onChange={(event) => onChange({ ...value, [language]: event.currentTarget.value })}
            />
          )}
        </Field>
      ))}
    </div>
  );
}
