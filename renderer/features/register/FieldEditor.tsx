import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { customerKinds } from '#shared/domain/customers/customer.ts';
import {
  type FormField,
  formFieldTypes,
  formGroups,
  usualCustomerForm,
} from '#shared/domain/settings/customerForm.ts';
import type { Language } from '#shared/domain/text/text.ts';
import { Button } from '../../ui/Button.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { Field } from '../../ui/Field.tsx';
import { TextField } from '../../ui/TextField.tsx';
import fields from '../fields/fields.module.css';
import { choicesText, type FormProblem, readChoices } from './formEdit.ts';
import own from './formEditor.module.css';

const ofId = new Set<FormProblem>(['noId', 'badId', 'sameId']);
const ofChoices = new Set<FormProblem>(['noChoices', 'sameChoice']);
const usualIds = new Set(usualCustomerForm.fields.map(({ id }) => id));

function Toggles<V extends string>({
  label,
  all,
  chosen,
  nameOf,
  onChange,
}: {
  label: string;
  all: readonly V[];
  chosen: readonly V[];
  nameOf: (one: V) => string;
  onChange: (chosen: V[]) => void;
}) {
  return (
    <fieldset className={fields.chips} aria-label={label}>
      {all.map((one) => (
        <Chip
          key={one}
          pressed={chosen.includes(one)}
          onClick={() => {
            const next = all.filter((each) => (each === one) !== chosen.includes(each));
            if (next.length > 0) onChange(next);
          }}
        >
          {nameOf(one)}
        </Chip>
      ))}
    </fieldset>
  );
}

/** Everything of one field of the form. What is known of customers under its id stays, whatever is changed here. */
export function FieldEditor({
  field,
  problem,
  onChange,
  onRemove,
}: {
  field: FormField;
  problem: FormProblem | null;
  onChange: (field: FormField) => void;
  onRemove: () => void;
}) {
  const { t } = useTranslation(['customerForm', 'customer']);
  const [choices, setChoices] = useState(choicesText(field.choices));
  const set = (patch: Partial<FormField>) => onChange({ ...field, ...patch });
  const problemText = problem ? t(`problems.${problem}`) : null;
  const names = (language: Language) => (
    <Field
      className={fields.c3 ?? ''}
      label={t(`label.${language}`)}
      error={problem === 'noLabel' && field.label[language].trim() === '' ? problemText : null}
    >
      {(control) => (
        <TextField
          {...control}
          data-testid={`field-label-${language}`}
          value={field.label[language]}
          onChange={(event) => set({ label: { ...field.label, [language]: event.target.value } })}
        />
      )}
    </Field>
  );
  const question = (language: Language) => (
    <Field className={fields.c3 ?? ''} label={t(`question.${language}`)}>
      {(control) => (
        <TextField
          {...control}
          value={field.question?.[language] ?? ''}
          onChange={(event) => {
            const words = {
              en: '',
              'zh-CN': '',
              ...field.question,
              [language]: event.target.value,
            };
            set({ question: words.en === '' && words['zh-CN'] === '' ? null : words });
          }}
        />
      )}
    </Field>
  );
  return (
    <div className={`${fields.grid} ${own.field}`} data-testid="field-editor">
      {names('en')}
      {names('zh-CN')}
      <Field
        className={fields.c2 ?? ''}
        label={t('id')}
        hint={t('idHint')}
        error={problem && ofId.has(problem) ? problemText : null}
      >
        {(control) => (
          <TextField
            {...control}
            data-testid="field-id"
            value={field.id}
            readOnly={usualIds.has(field.id) && problem !== 'sameId'}
            onChange={(event) => set({ id: event.target.value.slice(0, 64) })}
          />
        )}
      </Field>
      <Field className={fields.c2 ?? ''} label={t('type')}>
        {(control) => (
          <select
            {...control}
            className={fields.select}
            data-testid="field-type"
            value={field.type}
            onChange={(event) => set({ type: event.target.value as FormField['type'] })}
          >
            {formFieldTypes.map((type) => (
              <option key={type} value={type}>
                {t(`types.${type}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field className={fields.c2 ?? ''} label={t('group')}>
        {(control) => (
          <select
            {...control}
            className={fields.select}
            value={field.group}
            onChange={(event) => set({ group: event.target.value as FormField['group'] })}
          >
            {formGroups.map((group) => (
              <option key={group} value={group}>
                {t(`customer:groups.${group}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      {field.type === 'choice' || field.type === 'choices' ? (
        <Field
          className={fields.c6 ?? ''}
          label={t('choices')}
          hint={t('choicesHint')}
          error={problem && ofChoices.has(problem) ? problemText : null}
        >
          {(control) => (
            <textarea
              {...control}
              className={fields.area}
              data-testid="field-choices"
              value={choices}
              onChange={(event) => {
                setChoices(event.target.value);
                set({ choices: readChoices(event.target.value) });
              }}
            />
          )}
        </Field>
      ) : null}
      <div className={fields.c6}>
        <div className={fields.plainLabel}>{t('for')}</div>
        <span className={fields.chips}>
          <Toggles
            label={t('for')}
            all={customerKinds}
            chosen={field.kinds}
            nameOf={(kind) => t(`common:customerKind.${kind}`)}
            onChange={(kinds) => set({ kinds })}
          />
          <Chip pressed={field.required} onClick={() => set({ required: !field.required })}>
            {t('common:required')}
          </Chip>
        </span>
      </div>
      {question('en')}
      {question('zh-CN')}
      <Field className={fields.c3 ?? ''} label={t('worth')} hint={t('worthHint')}>
        {(control) => (
          <TextField
            {...control}
            type="number"
            min={0}
            max={100}
            value={field.worth}
            onChange={(event) =>
              set({ worth: Math.min(100, Math.max(0, Math.trunc(Number(event.target.value)))) })
            }
          />
        )}
      </Field>
      <Field className={fields.c3 ?? ''} label={t('stale')} hint={t('staleHint')}>
        {(control) => (
          <TextField
            {...control}
            type="number"
            min={1}
            value={field.staleAfterMonths ?? ''}
            onChange={(event) => {
              const months = Math.trunc(Number(event.target.value));
              set({ staleAfterMonths: months > 0 ? Math.min(months, 1200) : null });
            }}
          />
        )}
      </Field>
      <div className={`row ${fields.c6}`}>
        <Button
          size="sm"
          data-testid="retire-field"
          onClick={() => set({ retired: !field.retired })}
        >
          {t(field.retired ? 'takeBack' : 'retire')}
        </Button>
        {usualIds.has(field.id) ? null : (
          <Button size="sm" variant="ghost" data-testid="remove-field" onClick={onRemove}>
            {t('remove')}
          </Button>
        )}
        <span className="small">{t('keeps')}</span>
      </div>
    </div>
  );
}
