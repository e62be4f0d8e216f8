import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { FileFailure, ImportKind, ImportPreview } from '#shared/sync/importing.ts';
import { useLanguage } from '../../i18n/useFormat.ts';

/** Name of a field of a kind, in the language of the window; the configuration's own first. */
export function useFieldName(kind: ImportKind, fields: ImportPreview['fields']) {
  const { t, i18n } = useTranslation('importing');
  const language = useLanguage();
  return useCallback(
    (field: string) => {
      const own = fields.find((one) => one.field === field)?.label?.[language];
      if (own) return own;
      const special = `field.${kind}-${field}`;
      return i18n.exists(special, { ns: 'importing' }) ? t(special) : t(`field.${field}`);
    },
    [t, i18n, kind, fields, language],
  );
}

export function useFileFailure() {
  const { t } = useTranslation('importing');
  return ({ failure, row }: { failure: FileFailure; row: number | null }) =>
    t(`failure.${failure}`, { row: row ?? '' });
}
