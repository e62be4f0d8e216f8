import { IconPhone, IconPin } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Card, ContactPointView, DeskCall } from '#shared/contract/models.ts';
import { useDial } from '../../app/useDial.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useCallInBar, useDesk, useMayDo } from '../../store/desk.ts';
import { openCustomer, useWindow } from '../../store/window.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { Button } from '../../ui/Button.tsx';
import { ClassBadge } from '../../ui/ClassBadge.tsx';
import { deskNow } from '../../ui/clock.ts';
import { cx } from '../../ui/cx.ts';
import { Pill } from '../../ui/Pill.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import styles from './CustomerCard.module.css';
import { yearFacts } from './facts.ts';
import { OrderLine } from './OrderLine.tsx';
import { VerifiedMark } from './VerifiedMark.tsx';

const shownOrders = 3;

function Identity({ card, call }: { card: Card; call: DeskCall | null }) {
  const { t } = useTranslation('customer');
  const { customer } = card;
  const lookedUp = useWindow((state) => state.customerId !== null);
  return (
    <div className={styles.block}>
      <div className={styles.identity}>
        <Avatar name={customer.name} size={40} />
        <div className="grow">
          <div className={styles.nameRow}>
            <h2 className={styles.name} data-testid="customer-name">
              {customer.name}
            </h2>
            <ClassBadge valueClass={customer.valueClass} long />
          </div>
          <p className="small">
            {t('since', { year: customer.since.slice(0, 4) })}
            {' · '}
            {customer.no ? t('no', { no: customer.no }) : t('common:numberFollows')}
            {customer.kind === 'company' ? ` · ${t('common:customerKind.company')}` : ''}
          </p>
        </div>
        {lookedUp && !call ? (
          <Button size="sm" onClick={() => openCustomer(null)}>
            {t('common:actions.close')}
          </Button>
        ) : null}
      </div>
      {customer.tags.length > 0 ? (
        <p className={styles.tags}>
          {customer.tags.map((tag) => (
            <Pill key={tag} tone="outline">
              {tag}
            </Pill>
          ))}
        </p>
      ) : null}
    </div>
  );
}

function PhoneValue({ point, call }: { point: ContactPointView; call: DeskCall | null }) {
  const { t } = useTranslation('customer');
  const dial = useDial();
  const busy = useCallInBar() !== null;
  const mayCall = useMayDo('calls.take');
  const calling = call !== null && call.number.key !== null && call.number.key === point.normal;
  if (calling || busy || !mayCall) {
    return (
      <span className={cx(styles.number, calling && 'strong')} data-testid="contact-number">
        {point.display}
        {calling ? <span className="for-readers"> {t('callingNow')}</span> : null}
      </span>
    );
  }
  return (
    <button
      type="button"
      className={styles.dial}
      title={t('dial', { number: point.display })}
      data-testid="contact-number"
      onClick={() => void dial(point.raw, point.customerId)}
    >
      {point.display}
      <IconPhone size={14} aria-hidden="true" />
    </button>
  );
}

function Details({ card, call }: { card: Card; call: DeskCall | null }) {
  const { t } = useTranslation('customer');
  const format = useFormat();
  const fields = useDesk((desk) => desk.configuration?.profileFields) ?? [];
  const points = card.contactPoints.filter((point) => !point.retired);
  const { profile } = card.customer;
  const given = fields.flatMap((field) => {
    const held = profile[field.id];
    return held && held.value !== '' ? [{ field, held }] : [];
  });
  const missing = fields
    .filter((field) => !profile[field.id]?.value)
    .map((field) => format.text(field.label));
  const dates = [...points, ...given.map((one) => one.held)].map((one) => one.verifiedOn);
  return (
    <div className={styles.block}>
      <SectionHead
        title={t('details')}
        count={t('verified.count', {
          verified: dates.filter((date) => date !== null).length,
          count: dates.length,
        })}
      />
      <dl>
        {points.map((point) => (
          <div key={point.id} className={styles.detail}>
            <dt>{t(point.kind === 'phone' ? `labels.${point.label}` : `kinds.${point.kind}`)}</dt>
            <dd>
              {point.kind === 'phone' ? <PhoneValue point={point} call={call} /> : point.display}
            </dd>
            <dd>
              <VerifiedMark verifiedOn={point.verifiedOn} />
            </dd>
          </div>
        ))}
        {given.map(({ field, held }) => (
          <div key={field.id} className={styles.detail}>
            <dt title={format.text(field.label)}>{format.text(field.label)}</dt>
            <dd>{field.type === 'date' ? format.date(held.value) : held.value}</dd>
            <dd>
              <VerifiedMark verifiedOn={held.verifiedOn} />
            </dd>
          </div>
        ))}
      </dl>
      {missing.length > 0 ? (
        <p className={styles.missing}>{t('notGiven', { fields: missing.join(t('listComma')) })}</p>
      ) : null}
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

/** Left column of the desk: who it is, how to reach them, what they have. */
export function CustomerCard({ card, call }: { card: Card; call: DeskCall | null }) {
  const { t } = useTranslation('customer');
  const note = card.customer.pinnedNote;
  const orders = card.orders.filter((one) => one.state !== 'open' && one.state !== 'shipped');
  return (
    <section aria-label={t('card')} data-testid="customer-card" data-customer-id={card.customer.id}>
      <Identity card={card} call={call} />
      {note ? (
        <div className={styles.block}>
          <SectionHead icon={<IconPin size={16} aria-hidden="true" />} title={t('pinnedNote')} />
          <p className={styles.note}>{note}</p>
        </div>
      ) : null}
      <Details card={card} call={call} />
      {orders.length > 0 ? (
        <div className={styles.block}>
          <SectionHead title={t('orders')} count={orders.length} />
          <ul>
            {orders.slice(0, shownOrders).map((order) => (
              <OrderLine key={order.id} order={order} />
            ))}
          </ul>
        </div>
      ) : null}
      <YearFactsBlock card={card} />
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
