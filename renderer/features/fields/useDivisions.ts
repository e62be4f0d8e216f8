import { useEffect, useState } from 'react';
import type { DivisionIndex } from '#shared/domain/divisions/divisionSearch.ts';

let loading: Promise<DivisionIndex> | null = null;

/** The divisions of China are some 20 KB and are looked up by few: they come with the first address that is typed. */
function loadDivisions(): Promise<DivisionIndex> {
  loading ??= Promise.all([
    import('#shared/domain/divisions/divisionList.ts'),
    import('#shared/domain/divisions/divisionSearch.ts'),
  ]).then(([{ divisions }, { createDivisionIndex }]) => createDivisionIndex(divisions));
  return loading;
}

/** Null until they are there. */
export function useDivisions(wanted: boolean): DivisionIndex | null {
  const [index, setIndex] = useState<DivisionIndex | null>(null);
  useEffect(() => {
    if (!wanted) return;
    let there = true;
    // Without them an address is typed like any other text.
    loadDivisions().then(
      (loaded) => there && setIndex(loaded),
      () => undefined,
    );
    return () => {
      there = false;
    };
  }, [wanted]);
  return index;
}
