import { IconUserSearch, IconX } from '@tabler/icons-react';
import { type KeyboardEvent, type Ref, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from '../../app/bridge.tsx';
import { ClassBadge } from '../../ui/ClassBadge.tsx';
import { Field } from '../../ui/Field.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { TextField } from '../../ui/TextField.tsx';
import fields from '../fields/fields.module.css';
import styles from './wrapUp.module.css';

const shownHits = 6;

/** Who called, for a call that nobody was bound to: found by name or number. Nobody is preselected. */
export function CustomerOfCall({
  customerId,
  required,
  error,
  onChange,
  inputRef,
}: {
  customerId: string | null;
  required: boolean;
  error: string | null;
  onChange: (customerId: string | null) => void;
  inputRef: Ref<HTMLInputElement>;
}) {
  const { t } = useTranslation('wrapUp');
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(-1);
  const chosen = useQuery('customers.card', customerId === null ? null : { customerId });
  const text = typed.trim();
  const hits = useQuery('customers.search', text === '' ? null : { text, limit: shownHits });
  const shown = text === '' ? [] : (hits.data ?? []);
  const pick = (id: string) => {
    setTyped('');
    setAt(-1);
    onChange(id);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.altKey) return;
    const last = shown.length - 1;
    if (event.key === 'ArrowDown') setAt(Math.min(at + 1, last));
    else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, -1));
    else if (event.key === 'Escape' && text !== '') setTyped('');
    else if (event.key === 'Enter' && shown[at]) pick(shown[at].customerId);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <Field
      className={fields.c6 ?? ''}
      label={t('customer')}
      required={required}
      error={error}
      hint={customerId === null ? t('customerHint') : undefined}
    >
      {(control) =>
        customerId !== null ? (
          <div className={styles.ticket} data-testid="wrap-up-customer-chosen">
            <span className="cut grow">{chosen.data?.customer.name ?? t('customerChosen')}</span>
            <IconButton
              label={t('customerRemove')}
              icon={<IconX size={14} aria-hidden="true" />}
              onClick={() => onChange(null)}
            />
          </div>
        ) : (
          <>
            <TextField
              {...control}
              ref={inputRef}
              data-testid="wrap-up-customer"
              lead={<IconUserSearch size={16} className={fields.icon} aria-hidden="true" />}
              placeholder={t('customerPlaceholder')}
              value={typed}
              onKeyDown={onKeyDown}
              onChange={(event) => {
                setTyped(event.target.value);
                setAt(-1);
              }}
            />
            {shown.length > 0 ? (
              <ul className={styles.hits}>
                {shown.map((hit, index) => (
                  <li key={hit.customerId}>
                    <button
                      type="button"
                      className={styles.hit}
                      data-at={index === at}
                      onClick={() => pick(hit.customerId)}
                    >
                      <ClassBadge valueClass={hit.valueClass} />
                      <span className="cut medium">{hit.name}</span>
                      <span className="small cut">{hit.hint}</span>
                    </button>
                  </li>
                ))}
              </ul>
            ) : null}
          </>
        )
      }
    </Field>
  );
}
