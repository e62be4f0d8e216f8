import { useTranslation } from 'react-i18next';
import type { FieldChangeView } from '#shared/contract/methods/customers.ts';
import type { CallHours, ContactPoint } from '#shared/domain/customers/customer.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useFormFields, useValueText } from '../fields/useFormFields.ts';
import { useHoursText } from './hoursText.ts';

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}

/** Names of fields and their values in the words of the history. */
export function useHistoryWords(): {
  fieldName: (field: string) => string;
  valueText: (field: string, json: string) => string | null;
} {
  const { t, i18n } = useTranslation('customer');
  const format = useFormat();
  const fields = useFormFields();
  const valueText = useValueText();
  const hoursText = useHoursText();
  const formField = (name: string) =>
    name.startsWith('profile.') ? fields.find(({ id }) => `profile.${id}` === name) : undefined;
  return {
    fieldName(name) {
      const field = formField(name);
      if (field) return format.text(field.label);
      const own = name.startsWith('contactPoint.') ? `point.${name.split('.').at(-1)}` : name;
      return i18n.exists(`customer:fieldNames.${own}`)
        ? t(`fieldNames.${own}`)
        : name.replace(/^profile\./u, '');
    },
    valueText(name, json) {
      const value = parsed(json);
      if (value === null || value === '') return null;
      const field = formField(name);
      if (field && typeof value === 'string') return valueText(field, value);
      if (name === 'callHours') return hoursText(value as CallHours);
      if (name === 'kind') return t(`common:customerKind.${String(value)}`);
      if (name.endsWith('.consent')) return t(`consents.${value as ContactPoint['consent']}`);
      if (name.endsWith('.label')) return t(`labels.${value as ContactPoint['label']}`);
      if (typeof value === 'boolean') return t(`fields:yesNo.${value ? 'yes' : 'no'}`);
      return Array.isArray(value) ? value.join(t('listComma')) : String(value);
    },
  };
}

/** Whether the entry only says that the value was still right. */
export function isConfirmation({ before, after }: FieldChangeView): boolean {
  return before === after;
}
