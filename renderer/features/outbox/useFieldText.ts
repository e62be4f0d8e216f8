import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { useDesk } from '../../store/desk.ts';
import { pathText } from '../fields/pathSearch.ts';
import type { KnownField } from './outboxFields.ts';

/** A value of a change in words. */
export function useFieldText(): (field: KnownField) => string {
  const { t, i18n } = useTranslation('outbox');
  const format = useFormat();
  const configuration = useDesk((desk) => desk.configuration);

  return ({ kind, value }) => {
    if (value === null || value === undefined || value === '') return t('none');
    const written = String(value);
    switch (kind.type) {
      case 'time':
        return typeof value === 'number' ? `${format.day(value)} ${format.time(value)}` : written;
      case 'yesNo':
        return t(value === true ? 'yes' : 'no');
      case 'list':
        return Array.isArray(value) && value.length > 0
          ? value.map(String).join(t('listComma'))
          : t('none');
      case 'choice': {
        const key = `${kind.words}.${written}`;
        return i18n.exists(key) ? t(key) : written;
      }
      case 'category':
      case 'disposition': {
        const tree =
          kind.type === 'category' ? configuration?.ticketCategories : configuration?.dispositions;
        const found = tree?.find(({ id }) => id === written);
        return found ? pathText(found, format.language) : written;
      }
      default:
        return written;
    }
  };
}
