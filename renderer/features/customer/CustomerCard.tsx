import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeskCall } from '#shared/contract/models/calls.ts';
import type { Card } from '#shared/contract/models/records.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { Chip } from '../../ui/Chip.tsx';
import { deskNow } from '../../ui/clock.ts';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { MergesOf } from '../quality/MergesOf.tsx';
import styles from './CustomerCard.module.css';
import { DripQuestions } from './DripQuestions.tsx';
import { FieldHistory } from './FieldHistory.tsx';
import { yearFacts } from './facts.ts';
import { HoursLine } from './HoursLine.tsx';
import { Identity } from './Identity.tsx';
import { NoteBlock } from './NoteBlock.tsx';
import { OrderLine } from './OrderLine.tsx';
import { ProfileGroups } from './ProfileGroups.tsx';
import { ReachBlock } from './ReachBlock.tsx';
import { Relations } from './Relations.tsx';
import { type CustomerEditing, useCustomerEdit } from './useCustomerEdit.ts';

const shownOrders = 3;

function CallingBlock({ card, editing }: { card: Card; editing: CustomerEditing }) {
  const { t } = useTranslation('customer');
  const { id, callHours, doNotCall } = card.customer;
  return (
    <div className={styles.block}>
      <SectionHead title={t('calling')} />
      <dl>
        <HoursLine customerId={id} hours={callHours} editing={editing} />
      </dl>
      {editing.may ? (
        <Chip
          pressed={doNotCall}
          data-testid="do-not-call"
          onClick={() => void editing.edit({ doNotCall: !doNotCall })}
        >
          {t('doNotCall')}
        </Chip>
      ) : null}
    </div>
  );
}

function HistoryBlock({ customerId }: { customerId: string }) {
  const { t } = useTranslation('customer');
  const [open, setOpen] = useState(false);
  return (
    <div className={styles.block}>
      <Chip pressed={open} data-testid="all-history" onClick={() => setOpen(!open)}>
        {t('history.title')}
      </Chip>
      {open ? <FieldHistory customerId={customerId} field={null} /> : null}
    </div>
  );
}

function YearFactsBlock({ card }: { card: Card }) {
  const { t } = useTranslation('customer');
  const format = useFormat();
  const facts = yearFacts(card, deskNow());
  const count = (value: number) =>
    facts.complete ? format.number(value) : t('atLeast', { count: value });
  return (
    <div className={styles.block}>
      <SectionHead title={t('year.title')} />
      <dl className={styles.facts}>
        <div>
          <dt>{t('year.calls')}</dt>
          <dd>{count(facts.calls)}</dd>
        </div>
        <div>
          <dt>{t('year.visits')}</dt>
          <dd>{count(facts.visits)}</dd>
        </div>
        <div>
          <dt>{t('year.tickets')}</dt>
          <dd>{count(facts.tickets)}</dd>
        </div>
        <div>
          <dt>{t('year.orders')}</dt>
          <dd>{facts.orders ? format.money(facts.orders) : '–'}</dd>
        </div>
      </dl>
    </div>
  );
}

/** Who it is, how to reach them, what is known and asked: the left column of the desk and of the customer's page. */
export function CustomerCard({
  card,
  call,
  onPage = false,
}: {
  card: Card;
  call: DeskCall | null;
  onPage?: boolean;
}) {
  const { t } = useTranslation('customer');
  const customerId = card.customer.id;
  const editing = useCustomerEdit(customerId, call?.id ?? null);
  const orders = card.orders.filter((one) => one.state !== 'open' && one.state !== 'shipped');
  const talking = call !== null && call.state !== 'ringing' && call.state !== 'ended';
  return (
    <section aria-label={t('card')} data-testid="customer-card" data-customer-id={customerId}>
      <Identity card={card} call={call} editing={editing} onPage={onPage} />
      <NoteBlock card={card} editing={editing} />
      {talking ? <DripQuestions customerId={customerId} callId={call.id} /> : null}
      <ReachBlock card={card} call={call} editing={editing} />
      <ProfileGroups card={card} editing={editing} />
      <CallingBlock card={card} editing={editing} />
      <Relations customerId={customerId} may={editing.may} />
      {orders.length > 0 ? (
        <div className={styles.block}>
          <SectionHead title={t('orders')} count={orders.length} />
          <ul>
            {orders.slice(0, onPage ? orders.length : shownOrders).map((order) => (
              <OrderLine key={order.id} order={order} />
            ))}
          </ul>
        </div>
      ) : null}
      <YearFactsBlock card={card} />
      <MergesOf customerId={customerId} className={styles.block} />
      <HistoryBlock customerId={customerId} />
    </section>
  );
}

export function CustomerCardSkeleton() {
  return (
    <div className={styles.block} data-testid="customer-card-loading">
      <Skeleton widths={[60, 40, 80, 70, 75, 50]} />
    </div>
  );
}
