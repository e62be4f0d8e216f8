import { useTranslation } from 'react-i18next';
import type { DeskCall } from '#shared/contract/models/calls.ts';
import type { Card } from '#shared/contract/models/records.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useDesk } from '../../store/desk.ts';
import styles from './ticket.module.css';

/** What the ticket gets from the call by itself: shown, not asked. */
export function TicketFacts({
  call,
  customer,
}: {
  call: DeskCall | null;
  customer: Card['customer'] | null;
}) {
  const { t } = useTranslation(['ticket', 'fields']);
  const format = useFormat();
  const me = useDesk((desk) => desk.session.user);
  const queues = useDesk((desk) => desk.configuration?.queues);
  const queue = queues?.find((one) => one.id === call?.queueId);
  const facts: [string, string | null][] = [
    [t('facts.customer'), customer?.name ?? call?.customerName ?? t('facts.noCustomer')],
    [t('facts.number'), call && (call.number.display || t('common:numberWithheld'))],
    [t('facts.queue'), queue ? format.text(queue.name) : null],
    [t('facts.call'), call && format.moment(call.answeredAt ?? call.offeredAt)],
    [t('facts.firstContact'), me && t('fields:you', { name: me.name })],
  ];
  return (
    <dl className={styles.facts} data-testid="ticket-facts">
      {facts.map(([name, value]) =>
        value === null ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="cut" title={value}>
              {value}
            </dd>
          </div>
        ),
      )}
    </dl>
  );
}
