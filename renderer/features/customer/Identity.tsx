import { IconPhoneOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DeskCall } from '#shared/contract/models/calls.ts';
import type { Card } from '#shared/contract/models/records.ts';
import { hrefOf } from '../../app/routes.ts';
import { openCustomer, useWindow } from '../../store/window.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { Button } from '../../ui/Button.tsx';
import { ClassBadge } from '../../ui/ClassBadge.tsx';
import { Pill } from '../../ui/Pill.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { pastePlain } from '../fields/pasteText.ts';
import styles from './CustomerCard.module.css';
import { InPlace } from './InPlace.tsx';
import type { CustomerEditing } from './useCustomerEdit.ts';
import { ValueLine } from './ValueLine.tsx';

/** Who it is: name, class with what it comes from, since when, tags; on the desk the way to the whole page. */
export function Identity({
  card,
  call,
  editing,
  onPage,
}: {
  card: Card;
  call: DeskCall | null;
  editing: CustomerEditing;
  /** The whole page is open already. */
  onPage: boolean;
}) {
  const { t } = useTranslation('customer');
  const { customer } = card;
  const lookedUp = useWindow((state) => state.customerId !== null);
  return (
    <div className={styles.block}>
      <div className={styles.identity}>
        <Avatar name={customer.name} size={40} />
        <div className="grow">
          <div className={styles.nameRow}>
            <h2
              className={styles.name}
              dir="auto"
              title={customer.name}
              data-testid="customer-name"
            >
              {customer.name}
            </h2>
            <ClassBadge valueClass={customer.valueClass} long />
          </div>
          <p className="small">
            {t('since', { year: customer.since.slice(0, 4) })}
            {customer.no ? ` · ${t('no', { no: customer.no })}` : ''}
            {customer.kind === 'company' ? ` · ${t('common:customerKind.company')}` : ''}
          </p>
          <ValueLine customerId={customer.id} />
        </div>
        {lookedUp && !call && !onPage ? (
          <Button size="sm" onClick={() => openCustomer(null)}>
            {t('common:actions.close')}
          </Button>
        ) : null}
      </div>
      {customer.doNotCall ? (
        <p className={styles.tags}>
          <Pill tone="error" icon={<IconPhoneOff size={12} aria-hidden="true" />}>
            {t('doNotCall')}
          </Pill>
        </p>
      ) : null}
      {customer.tags.length > 0 ? (
        <p className={styles.tags}>
          {customer.tags.map((tag) => (
            <Pill key={tag} tone="outline">
              <bdi>{tag}</bdi>
            </Pill>
          ))}
        </p>
      ) : null}
      {onPage ? (
        <NameAndTags card={card} editing={editing} />
      ) : (
        <a
          className={styles.whole}
          href={hrefOf('customers', customer.id)}
          data-testid="whole-customer"
        >
          {t('wholeCustomer')}
        </a>
      )}
    </div>
  );
}

function NameAndTags({ card, editing }: { card: Card; editing: CustomerEditing }) {
  const { t } = useTranslation('customer');
  const { id, name, tags } = card.customer;
  const line =
    (testId: string) => (parts: Parameters<Parameters<typeof InPlace>[0]['input']>[0]) => (
      <TextField
        {...parts.control}
        autoFocus
        dir="auto"
        data-testid={testId}
        value={parts.value}
        onPaste={pastePlain}
        onKeyDown={parts.onKeyDown}
        onChange={(event) => parts.onChange(event.target.value)}
      />
    );
  return (
    <dl>
      <InPlace
        label={t('fieldNames.name')}
        value={name}
        shown={name}
        testId="own-name"
        history={{ customerId: id, field: 'name' }}
        save={editing.may ? (typed) => editing.edit({ name: typed }) : null}
        input={line('own-name-input')}
      />
      <InPlace
        label={t('fieldNames.tags')}
        value={tags.join(t('listComma'))}
        shown={tags.length > 0 ? tags.join(t('listComma')) : null}
        testId="own-tags"
        history={{ customerId: id, field: 'tags' }}
        save={editing.may ? (typed) => editing.edit({ tags: typed.split(/[,，、;；]/u) }) : null}
        input={line('own-tags-input')}
      />
    </dl>
  );
}
