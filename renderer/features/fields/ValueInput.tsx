import { type KeyboardEvent, type Ref, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { choiceIds } from '#shared/domain/customers/fieldValues.ts';
import type { FormField } from '#shared/domain/settings/customerForm.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { Chip } from '../../ui/Chip.tsx';
import type { FieldControl } from '../../ui/Field.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from './fields.module.css';
import { pastePlain } from './pasteText.ts';

export interface ValueInputProps {
  field: Pick<FormField, 'id' | 'type' | 'choices'>;
  control: Partial<FieldControl> & { 'aria-label'?: string };
  value: string;
  onChange: (value: string) => void;
  onKeyDown?: (event: KeyboardEvent) => void;
  focused?: boolean;
  testId: string;
}

type Box = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement | HTMLFieldSetElement;

function useFocus(focused: boolean | undefined): Ref<Box> {
  const box = useRef<Box>(null);
  useEffect(() => {
    if (!focused) return;
    const { current } = box;
    const first = current?.matches('fieldset') ? current.querySelector('button') : current;
    first?.focus();
    if (first instanceof HTMLInputElement) first.select();
  }, [focused]);
  return box;
}

/** Takes a value of the registration form, in the shape that its type asks for; the text is as it is typed. */
export function ValueInput(props: ValueInputProps) {
  const { field, control, value, onChange, onKeyDown, testId } = props;
  const { t } = useTranslation('fields');
  const format = useFormat();
  const box = useFocus(props.focused);
  const shared = { ...control, onKeyDown, 'data-testid': testId };
  if (field.type === 'longText') {
    return (
      <textarea
        {...shared}
        ref={box as Ref<HTMLTextAreaElement>}
        dir="auto"
        className={styles.area}
        value={value}
        onPaste={pastePlain}
        onChange={(event) => onChange(event.target.value)}
      />
    );
  }
  if (field.type === 'choice' || field.type === 'yesNo') {
    const options =
      field.type === 'choice'
        ? field.choices.map(({ id, label }) => ({ id, name: format.text(label) }))
        : ['yes', 'no'].map((id) => ({ id, name: t(`yesNo.${id}`) }));
    const strange = value !== '' && !options.some(({ id }) => id === value);
    return (
      <select
        {...shared}
        ref={box as Ref<HTMLSelectElement>}
        className={styles.select}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      >
        <option value="">{t('notGiven')}</option>
        {strange ? <option value={value}>{value}</option> : null}
        {options.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    );
  }
  if (field.type === 'choices') {
    const chosen = choiceIds(value);
    return (
      <fieldset {...shared} ref={box as Ref<HTMLFieldSetElement>} className={styles.chips}>
        {field.choices.map(({ id, label }) => (
          <Chip
            key={id}
            pressed={chosen.includes(id)}
            onClick={() =>
              onChange(
                (chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]).join(),
              )
            }
          >
            {format.text(label)}
          </Chip>
        ))}
      </fieldset>
    );
  }
  const numeric = field.type === 'number' || field.type === 'money';
  return (
    <TextField
      {...shared}
      ref={box as Ref<HTMLInputElement>}
      dir="auto"
      inputMode={numeric ? 'decimal' : 'text'}
      placeholder={field.type === 'date' ? t('datePlaceholder') : undefined}
      value={value}
      onPaste={pastePlain}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
