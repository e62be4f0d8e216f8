import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketPage } from '#shared/contract/methods/tickets.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useDesk } from '../../store/desk.ts';
import { Pill } from '../../ui/Pill.tsx';
import { DialNumber } from '../fields/DialNumber.tsx';
import { pathText } from '../fields/pathSearch.ts';
import { ServiceLimits } from '../serviceLevels/ServiceLimits.tsx';
import styles from './ticketPage.module.css';

/** Who, what and until when; the first-contact owner stands there from start to end. */
export function Facts({ page }: { page: TicketPage }) {
  const { t } = useTranslation(['ticketPage', 'tickets', 'fields']);
  const format = useFormat();
  const configuration = useDesk((desk) => desk.configuration);
  const me = useDesk((desk) => desk.session.user?.id);
  const { ticket, watchers, numberDisplay } = page;
  const queue = configuration?.queues.find((one) => one.id === ticket.queueId);
  const category = configuration?.ticketCategories.find((one) => one.id === ticket.categoryId);
  const nothing = t('tickets:facts.none');
  const named = (id: string | null, name: string | null) => {
    if (name === null) return t('tickets:facts.noOwner');
    return id === me ? t('fields:you', { name }) : name;
  };
  const moment = (ms: number | null) =>
    ms === null ? nothing : `${format.day(ms)} ${format.time(ms)}`;
  const level = (value: 'low' | 'medium' | 'high' | null) =>
    value === null ? nothing : t(`levels.${value}`);
  const rated =
    ticket.impact === null && ticket.urgency === null
      ? nothing
      : `${level(ticket.impact)} × ${level(ticket.urgency)}`;
  const { numberRaw } = ticket;
  const facts: [string, ReactNode, string?][] = [
    [t('tickets:facts.owner'), named(ticket.ownerId, ticket.ownerName), 'ticket-owner'],
    [
      t('tickets:facts.firstContact'),
      named(ticket.firstContactId, ticket.firstContactName),
      'ticket-first-contact',
    ],
    [t('fieldNames.promisedAt'), moment(ticket.promisedAt)],
    [
      t('fieldNames.categoryId'),
      category ? pathText(category, format.language) : (ticket.categoryId ?? nothing),
    ],
    [t('impactUrgency'), rated],
    [t('tickets:facts.queue'), queue ? format.text(queue.name) : nothing],
    [
      t('tickets:facts.number'),
      numberRaw ? (
        <DialNumber
          key="number"
          number={numberRaw}
          display={numberDisplay ?? numberRaw}
          customerId={ticket.customerId}
        />
      ) : (
        nothing
      ),
    ],
    [t('tickets:facts.created'), moment(ticket.createdAt)],
  ];
  return (
    <>
      <ServiceLimits ticket={ticket} />
      <dl className={styles.facts}>
        {facts.map(([name, value, testId]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd
              className="cut"
              title={typeof value === 'string' ? value : undefined}
              data-testid={testId}
            >
              {value}
            </dd>
          </div>
        ))}
      </dl>
      {ticket.tags.length > 0 ? (
        <p className={styles.tags} data-testid="ticket-tags">
          {ticket.tags.map((tag) => (
            <Pill key={tag} tone="outline">
              {tag}
            </Pill>
          ))}
        </p>
      ) : null}
      {watchers.length > 0 ? (
        <p className="small" data-testid="ticket-watchers">
          {t('watch.by', { names: format.list(watchers.map(({ name }) => name)) })}
        </p>
      ) : null}
    </>
  );
}
