import { useTranslation } from 'react-i18next';
import { useQuery } from '../../app/bridge.tsx';
import { useFormat } from '../../i18n/useFormat.ts';

/** "A: 12 orders, ¥38,200 in 12 months": what the class comes from, as far as this desk knows. */
export function ValueLine({ customerId }: { customerId: string }) {
  const { t } = useTranslation('customer');
  const format = useFormat();
  const { data } = useQuery('customers.value', { customerId }, ['order', 'customer']);
  if (!data) return null;
  const sums = data.sums.map((sum) => format.money(sum)).join(' + ');
  const words = { valueClass: data.valueClass, count: data.orders, sums, months: data.months };
  return (
    <p className="small" data-testid="value-line">
      {t(data.orders === 0 ? 'value.none' : 'value.orders', words)}
    </p>
  );
}
