import { IconUserPlus, IconUsers } from '@tabler/icons-react';
import { Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type CustomerList, customerLists } from '#shared/contract/methods/customers.ts';
import { useQuery } from '../../app/bridge.tsx';
import { RegisterForm } from '../../app/features.ts';
import { goTo, useRoute } from '../../app/routes.ts';
import { useMayDo } from '../../store/desk.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { cx } from '../../ui/cx.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { focusRegistration } from '../register/registerFocus.ts';
import { CustomerPage } from './CustomerPage.tsx';
import { CustomerRows } from './CustomerRows.tsx';
import styles from './customers.module.css';

const shownCustomers = 200;
/** The route of the form for a customer who did not call. */
const newRoute = 'new';

function Lists() {
  const { t } = useTranslation('customers');
  const mayWrite = useMayDo('customers.write');
  const [list, setList] = useState<CustomerList>('recent');
  const rows = useQuery('customers.list', { list, limit: shownCustomers }, ['customer', 'contact']);
  return (
    <div className={styles.page} data-region="3">
      <header className={styles.header}>
        <h1>{t('title')}</h1>
        <Segmented
          label={t('lists')}
          value={list}
          onChange={setList}
          options={customerLists.map((one) => ({ value: one, label: t(`list.${one}`) }))}
        />
        <span className="grow" />
        {mayWrite ? (
          <Button
            icon={<IconUserPlus size={16} aria-hidden="true" />}
            data-testid="new-customer"
            onClick={() => goTo('customers', newRoute)}
          >
            {t('new')}
          </Button>
        ) : null}
      </header>
      {rows.failure ? (
        <Banner
          tone="error"
          title={t(`errors:${rows.failure.code}`)}
          actions={
            <Button size="sm" onClick={rows.reload}>
              {t('common:actions.retry')}
            </Button>
          }
        />
      ) : null}
      <div className={cx(styles.body, 'scroll')}>
        {rows.loading ? <Skeleton widths={[60, 50, 55]} /> : null}
        {rows.data?.length === 0 ? (
          <EmptyState
            icon={<IconUsers size={20} aria-hidden="true" />}
            title={t(`empty.${list}`)}
            text={t('emptyText')}
          />
        ) : null}
        <CustomerRows customers={rows.data ?? []} />
        {(rows.data?.length ?? 0) >= shownCustomers ? (
          <p className="muted">{t('capped', { count: shownCustomers })}</p>
        ) : null}
      </div>
    </div>
  );
}

/** Whoever asked for the form begins to write. */
function CaretInName() {
  useEffect(focusRegistration, []);
  return null;
}

/** Customers without a call: of late, by class, one of them whole, or a new one. */
export function CustomersPage() {
  const { id } = useRoute();
  const mayWrite = useMayDo('customers.write');
  if (id === null) return <Lists />;
  if (id === newRoute && mayWrite) {
    return (
      <div className={styles.register} data-region="3">
        <Suspense fallback={null}>
          <RegisterForm call={null} onDone={(customerId) => goTo('customers', customerId)} />
          <CaretInName />
        </Suspense>
      </div>
    );
  }
  return <CustomerPage key={id} customerId={id} />;
}
