import { useTranslation } from 'react-i18next';
import { type FormField, formGroups } from '#shared/domain/settings/customerForm.ts';
import { isBlank } from '#shared/domain/text/plainText.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { Field } from '../../ui/Field.tsx';
import fields from '../fields/fields.module.css';
import { ValueInput } from '../fields/ValueInput.tsx';
import own from './register.module.css';

const wide = new Set(['longText', 'choices']);

/** The form's own fields, a fold for each group; what is required, filled in or wrong is unfolded. */
export function FormGroups({
  asked,
  profile,
  onChange,
  problemOf,
}: {
  asked: readonly FormField[];
  profile: Readonly<Record<string, string>>;
  onChange: (id: string, value: string) => void;
  problemOf: (place: string) => string | null;
}) {
  const { t } = useTranslation(['register', 'customer']);
  const format = useFormat();
  return formGroups.map((group) => {
    const inGroup = asked.filter((field) => field.group === group);
    if (inGroup.length === 0) return null;
    const filled = inGroup.filter(({ id }) => !isBlank(profile[id] ?? '')).length;
    const wrong = inGroup.some(({ id }) => problemOf(`profile.${id}`) !== null);
    const open = wrong || filled > 0 || inGroup.some(({ required }) => required);
    return (
      <details key={group} className={own.group} open={open || undefined} data-group={group}>
        <summary>
          {t(`customer:groups.${group}`)}
          <span className="small">{t('filled', { filled, total: inGroup.length })}</span>
        </summary>
        <div className={fields.grid}>
          {inGroup.map((field) => (
            <Field
              key={field.id}
              className={(wide.has(field.type) ? fields.c6 : fields.c3) ?? ''}
              label={format.text(field.label)}
              required={field.required}
              error={problemOf(`profile.${field.id}`)}
            >
              {(control) => (
                <span data-place={`profile.${field.id}`}>
                  <ValueInput
                    field={field}
                    control={control}
                    testId={`register-field-${field.id}`}
                    value={profile[field.id] ?? ''}
                    onChange={(value) => onChange(field.id, value)}
                  />
                </span>
              )}
            </Field>
          ))}
        </div>
      </details>
    );
  });
}
