import { type KeyboardEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListedCustomer } from '#shared/contract/methods/customers.ts';
import { hrefOf } from '../../app/routes.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { ClassBadge } from '../../ui/ClassBadge.tsx';
import styles from './customers.module.css';

/** One line a customer; the arrows, or J and K, go through them. */
export function CustomerRows({ customers }: { customers: readonly ListedCustomer[] }) {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const list = useRef<HTMLUListElement>(null);
  const move = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
    if (step === undefined) return;
    const links = [...(list.current?.querySelectorAll('a') ?? [])];
    const at = links.indexOf(document.activeElement as HTMLAnchorElement);
    links[Math.min(links.length - 1, Math.max(0, at + step))]?.focus();
    event.preventDefault();
  };
  return (
    <ul ref={list} onKeyDown={move}>
      {customers.map((customer) => (
        <li key={customer.customerId}>
          <a
            href={hrefOf('customers', customer.customerId)}
            className={styles.row}
            data-testid="customer-row"
          >
            <Avatar name={customer.name} size={24} />
            <span className={styles.name}>
              <bdi className="medium cut">{customer.name}</bdi>
              <ClassBadge valueClass={customer.valueClass} />
            </span>
            <span className={styles.no}>{customer.no}</span>
            <bdi className="cut small">{customer.hint}</bdi>
            <span className="small nowrap">
              {customer.openTickets > 0
                ? t('fields:openTickets', { count: customer.openTickets })
                : null}
            </span>
            <span className={styles.last}>
              {customer.lastContactAt === null
                ? t('fields:noContact')
                : format.shortDate(customer.lastContactAt)}
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}
