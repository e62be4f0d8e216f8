import { useFormat } from '../../i18n/useFormat.ts';
import { useDesk } from '../../store/desk.ts';
import { pathText } from '../fields/pathSearch.ts';

/** Name of a ticket category as the centre has it now, with its path; null where it has none. */
export function useCategoryName(): (categoryId: string | null) => string | null {
  const { language } = useFormat();
  const categories = useDesk((desk) => desk.configuration?.ticketCategories ?? null);
  return (categoryId) => {
    if (categoryId === null) return null;
    const found = categories?.find(({ id }) => id === categoryId);
    return found ? pathText(found, language) : categoryId;
  };
}
