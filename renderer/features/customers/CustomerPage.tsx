import { IconArrowLeft } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useQuery } from '../../app/bridge.tsx';
import { hrefOf } from '../../app/routes.ts';
import { useDesk } from '../../store/desk.ts';
import { cx } from '../../ui/cx.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { CustomerCard, CustomerCardSkeleton } from '../customer/CustomerCard.tsx';
import { HelpColumn } from '../customer/HelpColumn.tsx';
import { Timeline } from '../customer/Timeline.tsx';
import styles from './customers.module.css';

const cardEntities = ['customer', 'contactPoint', 'contact', 'ticket', 'task', 'order'] as const;

/** One customer whole: the card with every field, the time line, and what is open. */
export function CustomerPage({ customerId }: { customerId: string }) {
  const { t } = useTranslation('customers');
  const { data: card, failure } = useQuery('customers.card', { customerId }, cardEntities);
  // What is heard in a call is said to come from it.
  const call = useDesk((desk) =>
    desk.calls.find((one) => one.customerId === card?.customer.id && one.state !== 'ended'),
  );
  if (failure) {
    return (
      <EmptyState
        title={t('customer:cardFailed')}
        text={t(`errors:${failure.code}`)}
        action={<a href={hrefOf('customers')}>{t('toList')}</a>}
      />
    );
  }
  return (
    <div className={styles.customer} data-testid="customer-page" data-customer-id={customerId}>
      <div className={cx(styles.column, styles.soft, 'scroll')} data-region="2">
        <a href={hrefOf('customers')} className={styles.back} data-testid="to-customers">
          <IconArrowLeft size={14} aria-hidden="true" />
          {t('toList')}
        </a>
        {card ? <CustomerCard card={card} call={call ?? null} onPage /> : <CustomerCardSkeleton />}
      </div>
      <div className={styles.column} data-region="3">
        <Timeline card={card} call={call ?? null} compact={false} newTicket={false} />
      </div>
      <div className={cx(styles.column, styles.soft, 'scroll')} data-region="4">
        {card ? <HelpColumn card={card} /> : null}
      </div>
    </div>
  );
}
