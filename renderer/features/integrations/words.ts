import { useTranslation } from 'react-i18next';
import type { Delivery } from '#shared/sync/webhooks.ts';

/** Keys of texts hold neither colons nor dots. */
const keyOf = (name: string) => name.replaceAll(/[:.]/gu, '_');

export interface IntegrationWords {
  scope(scope: string): string;
  /** The records that a scope lets be sent along. */
  record(scope: string): string;
  event(type: string): string;
  /** Why an attempt was not taken. */
  why(delivery: Pick<Delivery, 'lastFailure' | 'lastStatus'>): string;
}

export function useWords(): IntegrationWords {
  const { t, i18n } = useTranslation('integrations');
  return {
    scope: (scope) => t(`scopes.${keyOf(scope)}`),
    record: (scope) => t(`record.${keyOf(scope)}`),
    event(type) {
      const key = `events.${keyOf(type)}`;
      return i18n.exists(`integrations:${key}`) ? t(key) : type;
    },
    why: ({ lastFailure, lastStatus }) =>
      t(`deliveries.why.${lastFailure ?? 'answered'}`, { status: lastStatus }),
  };
}
