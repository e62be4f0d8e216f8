import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { valueClasses } from '#shared/domain/customers/customer.ts';
import {
  calendarOf,
  limitsOf,
  policyFor,
  type ValueClass,
} from '#shared/domain/serviceLevels/serviceLevels.ts';
import type { ServiceLevels } from '#shared/domain/settings/serviceLevels.ts';
import {
  type TicketPriority,
  type TicketType,
  ticketPriorities,
  ticketTypes,
} from '#shared/domain/tickets/ticket.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { deskNow } from '../../ui/clock.ts';
import { Field } from '../../ui/Field.tsx';
import { Select } from '../../ui/Select.tsx';
import styles from './serviceLevels.module.css';

/** What a ticket opened at this moment would get, by the levels as they are being edited. */
export function DuePreview({ levels }: { levels: ServiceLevels }) {
  const { t } = useTranslation(['serviceLevels', 'fields']);
  const format = useFormat();
  const [type, setType] = useState<TicketType>('complaint');
  const [priority, setPriority] = useState<TicketPriority>('normal');
  const [valueClass, setValueClass] = useState<ValueClass | ''>('');
  const now = deskNow();
  const policy = policyFor(levels, { type, priority }, valueClass === '' ? null : valueClass);
  const calendar = calendarOf(levels, policy);
  const fresh = {
    type,
    priority,
    state: 'registered' as const,
    createdAt: now,
    acknowledgedAt: null,
    respondedAt: null,
    resolvedAt: null,
    reopenedAt: null,
    promisedAt: null,
    closedAt: null,
    pauses: [],
    mergedInto: null,
  };
  const limits = limitsOf(fresh, policy, calendar, now);
  return (
    <section className={styles.preview} aria-label={t('preview.title')}>
      <h3>{t('preview.title')}</h3>
      <div className={styles.three}>
        <Field label={t('preview.type')}>
          {(control) => (
            <Select
              {...control}
              value={type}
              options={ticketTypes.map((value) => ({
                value,
                label: t(`fields:ticketTypes.${value}`),
              }))}
              onChoose={setType}
            />
          )}
        </Field>
        <Field label={t('preview.priority')}>
          {(control) => (
            <Select
              {...control}
              data-testid="preview-priority"
              value={priority}
              options={ticketPriorities.map((value) => ({
                value,
                label: t(`fields:priorities.${value}`),
              }))}
              onChoose={setPriority}
            />
          )}
        </Field>
        <Field label={t('preview.class')}>
          {(control) => (
            <Select
              {...control}
              value={valueClass}
              options={[
                { value: '' as const, label: t('preview.noClass') },
                ...valueClasses.map((value) => ({ value, label: value })),
              ]}
              onChoose={setValueClass}
            />
          )}
        </Field>
      </div>
      <p data-testid="due-preview">
        {policy === null
          ? t('preview.noPolicy')
          : t('preview.policy', { name: format.text(policy.name) })}{' '}
        {limits
          .map(({ limit, dueAt }) =>
            t('preview.due', {
              limit: t(`limits.${limit}`),
              when: `${format.day(dueAt)} ${format.time(dueAt)}`,
            }),
          )
          .join(' ')}
      </p>
    </section>
  );
}
