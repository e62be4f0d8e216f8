import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { useHistoryWords } from '../customer/historyWords.ts';

/** Names of a customer's fields, and values as people read them. Values as in a field's history: JSON. */
export function useFieldWords(): {
  fieldName: (field: string) => string;
  valueText: (field: string, json: string) => string | null;
} {
  const { t, i18n } = useTranslation('quality');
  const format = useFormat();
  const words = useHistoryWords();
  return {
    fieldName(field) {
      const own = field.endsWith('.normal') ? 'normal' : field;
      return i18n.exists(`quality:fieldNames.${own}`)
        ? t(`fieldNames.${own}`)
        : words.fieldName(field);
    },
    valueText(field, json) {
      if (json === 'null' || json === '[]') return null;
      if (field === 'since') return format.date(JSON.parse(json));
      return words.valueText(field, json);
    },
  };
}
