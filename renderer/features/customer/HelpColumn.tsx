import { IconFlag, IconPackage, IconTicket } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Card, TaskView, TicketView } from '#shared/contract/models/records.ts';
import { hrefOf } from '../../app/routes.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { DueMark } from '../../ui/DueMark.tsx';
import { Pill } from '../../ui/Pill.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { LimitMark } from '../serviceLevels/LimitMark.tsx';
import styles from './CustomerCard.module.css';
import { OrderLine } from './OrderLine.tsx';

function PromiseLine({ task }: { task: TaskView }) {
  const { t } = useTranslation('customer');
  const format = useFormat();
  return (
    <li className={styles.item}>
      <p className={styles.first}>
        <span className="cut" title={task.title}>
          {task.title}
        </span>
        <span className={styles.end}>
          <DueMark dueAt={task.dueAt} />
        </span>
      </p>
      <p className={styles.second}>
        {t('promise', { when: format.moment(task.dueAt), who: task.ownerName })}
        {task.waiting ? <Pill tone="warn">{t('common:notSent')}</Pill> : null}
      </p>
    </li>
  );
}

function TicketLine({ ticket }: { ticket: TicketView }) {
  const { t } = useTranslation('customer');
  return (
    <li className={styles.item}>
      <p className={styles.first}>
        <a href={hrefOf('tickets', ticket.id)} className="nowrap">
          {ticket.no ?? t('common:numberFollows')}
        </a>
        <span className="cut" title={ticket.subject}>
          {ticket.subject}
        </span>
      </p>
      <p className={styles.second}>
        <Pill tone={ticket.state === 'inProgress' ? 'accent' : 'plain'}>
          {t(`ticketState.${ticket.state}`)}
        </Pill>
        <span className="cut">{ticket.ownerName ?? t('nobody')}</span>
        {ticket.waiting ? <Pill tone="warn">{t('common:notSent')}</Pill> : null}
        <span className={styles.end}>
          <LimitMark ticket={ticket} />
        </span>
      </p>
    </li>
  );
}

/** Right column of the desk: what was promised, what is open, what is on its way. */
export function HelpColumn({ card }: { card: Card }) {
  const { t } = useTranslation('customer');
  const promises = card.promises.filter((task) => task.state === 'open');
  const onTheirWay = card.orders.filter((one) => one.state === 'open' || one.state === 'shipped');
  return (
    <section aria-label={t('help')}>
      <div className={styles.block}>
        <SectionHead
          icon={
            <span className="tone-warn">
              <IconFlag size={16} aria-hidden="true" />
            </span>
          }
          title={t('promises')}
          count={promises.length}
        />
        {promises.length === 0 ? <p className="muted">{t('noPromises')}</p> : null}
        <ul data-testid="promises">
          {promises.map((task) => (
            <PromiseLine key={task.id} task={task} />
          ))}
        </ul>
      </div>
      <div className={styles.block}>
        <SectionHead
          icon={<IconTicket size={16} aria-hidden="true" />}
          title={t('openTickets')}
          count={card.openTickets.length}
        />
        {card.openTickets.length === 0 ? <p className="muted">{t('noTickets')}</p> : null}
        <ul data-testid="open-tickets">
          {card.openTickets.map((ticket) => (
            <TicketLine key={ticket.id} ticket={ticket} />
          ))}
        </ul>
      </div>
      {onTheirWay.length > 0 ? (
        <div className={styles.block}>
          <SectionHead
            icon={<IconPackage size={16} aria-hidden="true" />}
            title={t('onTheirWay')}
            count={onTheirWay.length}
          />
          <ul>
            {onTheirWay.map((order) => (
              <OrderLine key={order.id} order={order} />
            ))}
          </ul>
        </div>
      ) : null}
    </section>
  );
}
