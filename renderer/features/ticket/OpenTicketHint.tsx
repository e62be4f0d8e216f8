import { IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from '../../app/bridge.tsx';
import { goTo } from '../../app/routes.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './ticket.module.css';

/** Says that the customer already has an open ticket of the same category, so that none is opened twice. */
export function OpenTicketHint({
  customerId,
  categoryId,
}: {
  customerId: string | null;
  categoryId: string | null;
}) {
  const { t } = useTranslation(['ticket', 'fields']);
  const [keptApart, setKeptApart] = useState<string | null>(null);
  const { data } = useQuery('customers.card', customerId === null ? null : { customerId }, [
    'ticket',
  ]);
  const same = data?.openTickets.find((ticket) => ticket.categoryId === categoryId);
  if (categoryId === null || !same || keptApart === same.id) return null;
  return (
    <div className={styles.open} role="status" data-testid="open-ticket-hint">
      <IconCopy size={16} aria-hidden="true" />
      <span className="cut grow" title={same.subject}>
        {t('open.same', { no: same.no ?? t('common:numberFollows'), subject: same.subject })}
      </span>
      <Button size="sm" onClick={() => goTo('tickets', same.id)}>
        {t('open.show')}
      </Button>
      <Button size="sm" variant="ghost" onClick={() => setKeptApart(same.id)}>
        {t('open.separate')}
      </Button>
    </div>
  );
}
