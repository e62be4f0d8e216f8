import { useTranslation } from 'react-i18next';
import type { TicketView } from '#shared/contract/models.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useDesk } from '../../store/desk.ts';
import { pathText } from '../fields/pathSearch.ts';
import styles from './tickets.module.css';

/** Who, what and until when, of one ticket. */
export function TicketFactList({ ticket }: { ticket: TicketView }) {
  const { t } = useTranslation(['tickets', 'fields']);
  const format = useFormat();
  const configuration = useDesk((desk) => desk.configuration);
  const me = useDesk((desk) => desk.session.user?.id);
  const queue = configuration?.queues.find((one) => one.id === ticket.queueId);
  const category = configuration?.ticketCategories.find((one) => one.id === ticket.categoryId);
  const nothing = t('facts.none');
  const named = (id: string | null, name: string | null) => {
    if (name === null) return t('facts.noOwner');
    return id === me ? t('fields:you', { name }) : name;
  };
  const facts: [string, string][] = [
    [t('facts.owner'), named(ticket.ownerId, ticket.ownerName)],
    [t('facts.firstContact'), named(ticket.firstContactId, ticket.firstContactName)],
    [
      t('facts.due'),
      ticket.dueAt === null
        ? t('fields:noDate')
        : `${format.day(ticket.dueAt)} ${format.time(ticket.dueAt)}`,
    ],
    [t('facts.category'), category ? pathText(category, format.language) : nothing],
    [t('facts.queue'), queue ? format.text(queue.name) : nothing],
    [t('facts.number'), ticket.numberRaw || nothing],
    [t('facts.created'), `${format.day(ticket.createdAt)} ${format.time(ticket.createdAt)}`],
  ];
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="cut" title={value}>
            {value}
          </dd>
        </div>
      ))}
    </dl>
  );
}
