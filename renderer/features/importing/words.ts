import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '#shared/result.ts';
import type { FileFailure, ImportKind, ImportPreview } from '#shared/sync/importing.ts';
import { useFailureText } from '../../i18n/useFailureText.ts';
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

/** What went wrong with a file on its way; nothing here goes on by itself when the server is back. */
export function useTransferFailure(): (failure: Failure) => string {
  const { t } = useTranslation('importing');
  const textOf = useFailureText();
  return (failure) => (failure.code === 'server-unreachable' ? t('unreachable') : textOf(failure));
}
