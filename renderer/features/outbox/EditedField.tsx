import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { maxLineLength } from '#shared/domain/primitives.ts';
import { useDesk } from '../../store/desk.ts';
import { Field } from '../../ui/Field.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { LongText } from '../fields/LongText.tsx';
import { PathPicker } from '../fields/PathPicker.tsx';
import type { PathItem } from '../fields/pathSearch.ts';
import { WhenField } from '../fields/WhenField.tsx';
import styles from './outbox.module.css';
import type { KnownField } from './outboxFields.ts';

/** Longest line that a record takes, characters. */
const noItems: PathItem[] = [];

export interface EditedFieldProps {
  field: KnownField;
  text: string;
  error: string | null;
  onChange: (text: string) => void;
  boxRef: Ref<HTMLElement>;
}

/** The box for one field of a refused change, of the kind that its form has. */
export function EditedField({ field, text, error, onChange, boxRef }: EditedFieldProps) {
  const { t, i18n } = useTranslation('outbox');
  const configuration = useDesk((desk) => desk.configuration);
  const { name, kind } = field;
  const label = t(`fields.${name}`);
  const testId = `outbox-field-${name}`;
  const required = kind.optional !== true && kind.type !== 'text';

  if (kind.type === 'text') {
    return (
      <LongText
        label={label}
        value={text}
        onChange={onChange}
        error={error}
        areaRef={boxRef as Ref<HTMLTextAreaElement>}
        testId={testId}
      />
    );
  }
  if (kind.type === 'time') {
    return (
      <WhenField
        label={label}
        required={required}
        placeholder={t('edit.when')}
        text={text}
        onChange={onChange}
        error={error}
        inputRef={boxRef as Ref<HTMLInputElement>}
        testId={testId}
      />
    );
  }
  return (
    <Field label={label} required={required} error={error}>
      {(control) => {
        if (kind.type === 'category' || kind.type === 'disposition') {
          const items =
            kind.type === 'category'
              ? configuration?.ticketCategories
              : configuration?.dispositions;
          return (
            <PathPicker
              control={control}
              items={items ?? noItems}
              value={text === '' ? null : text}
              placeholder={t('edit.search')}
              onChange={(id) => onChange(id ?? '')}
              inputRef={boxRef as Ref<HTMLInputElement>}
              floating
              testId={testId}
            />
          );
        }
        if (kind.type === 'choice' && kind.values) {
          const known = kind.values.includes(text);
          return (
            <select
              {...control}
              ref={boxRef as Ref<HTMLSelectElement>}
              className={styles.select}
              data-testid={testId}
              value={text}
              onChange={(event) => onChange(event.currentTarget.value)}
            >
              {known ? null : <option value={text}>{text}</option>}
              {kind.values.map((value) => (
                <option key={value} value={value}>
                  {i18n.exists(`${kind.words}.${value}`) ? t(`${kind.words}.${value}`) : value}
                </option>
              ))}
            </select>
          );
        }
        return (
          <TextField
            {...control}
            ref={boxRef as Ref<HTMLInputElement>}
            data-testid={testId}
            maxLength={Math.max(maxLineLength, text.length)}
            value={text}
            onChange={(event) => onChange(event.currentTarget.value)}
          />
        );
      }}
    </Field>
  );
}
