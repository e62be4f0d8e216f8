import { useTranslation } from 'react-i18next';
import type { OutboxEntry } from '#shared/contract/methods/outbox.ts';

/** Why a change was refused, in the agent's words. */
export function useReason(): (reason: string) => string {
  const { t, i18n } = useTranslation('outbox');
  return (reason) =>
    t(i18n.exists(`outbox:reasons.${reason}`) ? `reasons.${reason}` : 'reasons.other');
}

/** What kind of record it is, and which. */
export function useRecordName(): (entry: Pick<OutboxEntry, 'entity' | 'title'>) => string {
  const { t, i18n } = useTranslation('outbox');
  return ({ entity, title }) => {
    const known = i18n.exists(`outbox:entities.${entity}`);
    return `${t(known ? `entities.${entity}` : 'entities.other')} · ${title ?? t('untitled')}`;
  };
}
