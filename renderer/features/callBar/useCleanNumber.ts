import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { looksLikeNumber } from '../../app/typedNumber.ts';
import { useDesk } from '../../store/desk.ts';
import { type CleanNumber, cleanNumber } from './cleanNumber.ts';

/** What will be dialled for the text in the field, once it can be read as a number. */
export function useCleanNumber(text: string): CleanNumber | null {
  const home = useDesk((desk) => desk.configuration?.home ?? null);
  const [settled] = useDebouncedValue(text.trim(), 120);
  const [found, setFound] = useState<{ text: string; clean: CleanNumber | null } | null>(null);
  useEffect(() => {
    if (!looksLikeNumber(settled)) return;
    let wanted = true;
    void cleanNumber(settled, home).then((clean) => {
      if (wanted) setFound({ text: settled, clean });
    });
    return () => {
      wanted = false;
    };
  }, [settled, home]);
  return found?.text === text.trim() ? found.clean : null;
}
