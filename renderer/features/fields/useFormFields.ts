import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { choiceIds } from '#shared/domain/customers/fieldValues.ts';
import {
  choiceLabel,
  type FormField,
  formFieldsOf,
  usualCustomerForm,
} from '#shared/domain/settings/customerForm.ts';
import type { Failure } from '#shared/result.ts';
import { useFailureText } from '../../i18n/useFailureText.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useDesk, usePart } from '../../store/desk.ts';

/** Every field of the registration form, retired ones too; what only older desks name stands behind. */
export function useFormFields(): FormField[] {
  const form = usePart('customerForm') ?? usualCustomerForm;
  const older = useDesk((desk) => desk.configuration?.profileFields);
  return useMemo(() => formFieldsOf(form, older ?? []), [form, older]);
}

/** A stored value in the words of the agent's language. */
export function useValueText(): (field: FormField, value: string) => string {
  const { t } = useTranslation('fields');
  const format = useFormat();
  return (field, value) => {
    if (value === '') return '';
    if (field.type === 'date') return /^\d{4}-\d\d-\d\d$/u.test(value) ? format.date(value) : value;
    if (field.type === 'choice') return choiceLabel(field, value, format.language);
    if (field.type === 'choices') {
      const names = choiceIds(value).map((id) => choiceLabel(field, id, format.language));
      return names.join(t('comma'));
    }
    if (field.type === 'yesNo' && (value === 'yes' || value === 'no')) return t(`yesNo.${value}`);
    if (field.type === 'money') return moneyText(value, format.money);
    return value;
  };
}

function moneyText(
  value: string,
  money: (amount: { minor: number; currency: string }) => string,
): string {
  const [, whole, part, currency = ''] = /^(\d+)\.(\d\d) ([A-Z]{3})$/u.exec(value) ?? [];
  const minor = Number(`${whole}${part}`);
  return Number.isSafeInteger(minor) ? money({ minor, currency }) : value;
}

/** What the desk says of a value that does not fit; other failures in their own words. */
export function useProblemText(): (failure: Failure) => string {
  const { t, i18n } = useTranslation('fields');
  const textOf = useFailureText();
  return (failure) => {
    const key = `problems.${String(failure.details?.problem)}`;
    const known = failure.details?.problem !== undefined && i18n.exists(`fields:${key}`);
    return known ? t(key) : textOf(failure);
  };
}
