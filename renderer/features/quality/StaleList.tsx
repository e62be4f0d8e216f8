import { IconChecklist, IconPhone } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StaleCustomer } from '#shared/contract/methods/quality.ts';
import { valueClasses } from '#shared/domain/customers/customer.ts';
import { useInvoke } from '../../app/bridge.tsx';
import { goTo } from '../../app/routes.ts';
import { useDial } from '../../app/useDial.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useDesk, useTakesCalls } from '../../store/desk.ts';
import { openCustomer } from '../../store/window.ts';
import { Button } from '../../ui/Button.tsx';
import { ClassBadge } from '../../ui/ClassBadge.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Table } from '../../ui/Table.tsx';
import styles from './quality.module.css';
import { useFieldWords } from './useFieldWords.ts';
import { useWalk } from './useWalk.ts';
import { WalkLine } from './WalkLine.tsx';

const most = 200;

function Row({ customer }: { customer: StaleCustomer }) {
  const { t } = useTranslation('quality');
  const { fieldName } = useFieldWords();
  const dial = useDial();
  const mayCall = useTakesCalls();
  const format = useFormat();
  const names = (ids: readonly string[]) =>
    format.list(ids.map((id) => fieldName(`profile.${id}`)));
  const { customerId, name, number } = customer;
  const open = () => {
    openCustomer(customerId);
    goTo('desk');
  };
  return (
    <tr data-testid="stale-customer">
      <th scope="row">
        <button type="button" className={styles.name} title={name} onClick={open}>
          {name}
        </button>
      </th>
      <td className={styles.classOf}>
        <ClassBadge valueClass={customer.valueClass} />
      </td>
      <td title={names(customer.missing)}>{names(customer.missing)}</td>
      <td title={names(customer.stale)}>{names(customer.stale)}</td>
      <td data-number>{customer.worth}</td>
      <td className={styles.dial}>
        {number === null || !mayCall ? null : (
          <Button
            size="sm"
            icon={<IconPhone size={14} aria-hidden="true" />}
            aria-label={`${t('stale.dial')} ${name} ${number}`}
            title={number}
            data-testid="stale-dial"
            onClick={() => {
              open();
              void dial(number, customerId);
            }}
          >
            {t('stale.dial')}
          </Button>
        )}
      </td>
    </tr>
  );
}

/** Customers whose form has gaps or old values: what is worth most first, one class at a time. */
export function StaleList() {
  const { t } = useTranslation('quality');
  const invoke = useInvoke();
  const [valueClass, setValueClass] = useState<(typeof valueClasses)[number]>('A');
  const complete = useDesk((desk) => desk.sync.state !== 'first-sync');
  // Once all customers are here it begins again.
  const walk = useWalk<StaleCustomer>(`${valueClass} ${complete}`, {
    most,
    better: (a, b) => b.worth - a.worth,
    async step(after) {
      const result = await invoke('quality.stale', { valueClass, after });
      if (!result.ok) return result;
      const { customers, next, share } = result.value;
      return { ok: true, value: { items: customers, next, share } };
    },
  });
  return (
    <>
      <p className="muted">{t('stale.hint')}</p>
      <div className={styles.choices}>
        <Segmented
          label={t('stale.class')}
          value={valueClass}
          options={valueClasses.map((value) => ({ value, label: value }))}
          onChange={setValueClass}
        />
      </div>
      <WalkLine walk={walk} most={most} />
      {walk.items.length === 0 && walk.state === 'done' && complete ? (
        <EmptyState
          icon={<IconChecklist size={20} aria-hidden="true" />}
          title={t('stale.none')}
          text={t('stale.noneText')}
        />
      ) : null}
      {walk.items.length > 0 ? (
        <Table>
          <thead>
            <tr>
              <th className={styles.customer}>{t('stale.customer')}</th>
              <th className={styles.classOf}>{t('stale.class')}</th>
              <th>{t('stale.missing')}</th>
              <th>{t('stale.staleFields')}</th>
              <th className={styles.worth} data-number>
                {t('stale.worth')}
              </th>
              <th className={styles.dial} />
            </tr>
          </thead>
          <tbody>
            {walk.items.map((customer) => (
              <Row key={customer.customerId} customer={customer} />
            ))}
          </tbody>
        </Table>
      ) : null}
    </>
  );
}
