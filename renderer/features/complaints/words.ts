import { useFormat } from '../../i18n/useFormat.ts';
import { useDesk } from '../../store/desk.ts';
import { leafText, pathText } from '../fields/pathSearch.ts';

/** Name of a category without its path, for narrow places; null where it has none. */
export function useCategoryLeaf(): (categoryId: string | null) => string | null {
  const { language } = useFormat();
  const categories = useDesk((desk) => desk.configuration?.ticketCategories ?? null);
  return (categoryId) => {
    const found = categories?.find(({ id }) => id === categoryId);
    return found ? leafText(found, language) : categoryId;
  };
}

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
