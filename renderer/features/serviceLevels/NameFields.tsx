import { useTranslation } from 'react-i18next';
import { type Bilingual, languages } from '#shared/domain/text/text.ts';
import { Field } from '../../ui/Field.tsx';
import { TextField } from '../../ui/TextField.tsx';

/** A name in both languages. */
export function NameFields({
  name,
  onChange,
}: {
  name: Bilingual;
  onChange: (name: Bilingual) => void;
}) {
  const { t } = useTranslation('serviceLevels');
  return languages.map((language) => (
    <Field
      key={language}
      label={t('name', { language: t(`common:language.${language}`) })}
      error={name[language].trim() === '' ? t('nameMissing') : undefined}
    >
      {(control) => (
        <TextField
          {...control}
          lang={language}
          maxLength={200}
          value={name[language]}
          onChange={(event) => onChange({ ...name, [language]: event.currentTarget.value })}
        />
      )}
    </Field>
  ));
}
