import { IconCheck, IconPackage, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Card } from '#shared/contract/models/records.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { Pill, type Tone } from '../../ui/Pill.tsx';
import styles from './CustomerCard.module.css';

type Order = Card['orders'][number];

const tones: Record<Order['state'], Tone> = {
  open: 'plain',
  shipped: 'accent',
  delivered: 'ok',
  cancelled: 'plain',
  returned: 'warn',
};

const icons = {
  open: IconPackage,
  shipped: IconPackage,
  delivered: IconCheck,
  cancelled: IconX,
  returned: IconX,
};

/** One order: number, what it is, how it stands. */
export function OrderLine({ order }: { order: Order }) {
  const { t } = useTranslation('customer');
  const format = useFormat();
  const Icon = icons[order.state];
  return (
    <li className={styles.item}>
      <p className={styles.first}>
        <span className="muted">{order.no}</span>
        <span className="cut" title={order.title}>
          {order.title}
        </span>
      </p>
      <p className={styles.second}>
        <Pill tone={tones[order.state]} icon={<Icon size={12} aria-hidden="true" />}>
          {t(`orderState.${order.state}`)}
        </Pill>
        <span>{format.shortDate(order.at)}</span>
        <span className={styles.end}>{format.money(order.amount)}</span>
      </p>
    </li>
  );
}
