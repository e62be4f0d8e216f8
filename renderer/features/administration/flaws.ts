import { createContext, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Configuration } from '#shared/domain/configuration.ts';
import type { Flaw } from '#shared/domain/settings/findings.ts';
import { configurationFindings } from '#shared/domain/settings/parts.ts';

/** What is wrong with one field. */
export interface FieldFlaw {
  words: string;
  /** Nothing stands there yet: said once the field was left, or saving was tried. */
  isMissing: boolean;
}

/** Whether saving was tried while something was wrong. */
export const TriedToSave = createContext(false);

/** What a place of the configuration is, where the words for all places say too little. */
export type FlawKind = 'queueId' | 'afterCall' | 'number' | 'areaCode' | 'break';

/** What is wrong at a place of the configuration; null: nothing. */
export function useFlaws(
  value: Configuration,
  held: Configuration,
): (path: string, kind?: FlawKind) => FieldFlaw | null {
  const { t } = useTranslation('administration');
  const found = useMemo(
    () => new Map(configurationFindings(value, held).map(({ path, flaw }) => [path, flaw])),
    [value, held],
  );
  return (path, kind) => {
    const flaw = found.get(path);
    if (!flaw) return null;
    const own: Partial<Record<Flaw, string>> = kind
      ? { form: `flaws.${kind}`, range: `flaws.${kind}` }
      : {};
    return { words: t(own[flaw] ?? `flaws.${flaw}`), isMissing: flaw === 'missing' };
  };
}
