import { IconArrowRight, IconCircleCheck, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { FieldChangeView } from '#shared/contract/methods/customers.ts';
import { useQuery } from '../../app/bridge.tsx';
import { useFormat } from '../../i18n/useFormat.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { Pill } from '../../ui/Pill.tsx';
import styles from './CustomerCard.module.css';
import { isConfirmation, useHistoryWords } from './historyWords.ts';

const shownChanges = 50;
/** Letters of a value that the history shows. */
const shownLetters = 300;

function shortened(text: string | null): string | null {
  if (text === null || text.length <= shownLetters) return text;
  return `${text.slice(0, shownLetters).toWellFormed()}…`;
}

function Change({ change, named }: { change: FieldChangeView; named: boolean }) {
  const { t, i18n } = useTranslation('customer');
  const format = useFormat();
  const { fieldName, valueText } = useHistoryWords();
  const before = shortened(valueText(change.field, change.before));
  const after = shortened(valueText(change.field, change.after));
  const source = i18n.exists(`customer:sources.${change.source}`)
    ? t(`sources.${change.source}`)
    : change.source;
  return (
    <li className={styles.change} data-testid="field-change">
      <p>
        {named ? <span className="muted">{fieldName(change.field)} </span> : null}
        {isConfirmation(change) ? (
          <span className="row">
            <IconCircleCheck size={14} className="tone-ok" aria-hidden="true" />
            {t('history.confirmed')}
          </span>
        ) : (
          <span className={styles.fromTo}>
            <bdi className={styles.before}>{before ?? t('history.nothing')}</bdi>
            <IconArrowRight size={12} aria-label={t('history.to')} />
            <bdi>{after ?? t('history.nothing')}</bdi>
          </span>
        )}
      </p>
      <p className="small">
        {format.shortDate(change.at)} {format.time(change.at)} · <bdi>{change.byName}</bdi> ·{' '}
        {source} {change.waiting ? <Pill tone="warn">{t('common:notSent')}</Pill> : null}
      </p>
    </li>
  );
}

/** Who changed it, when, from what to what. `field` null: every field of the customer. */
export function FieldHistory({
  customerId,
  field,
  onClose,
}: {
  customerId: string;
  field: string | null;
  onClose?: () => void;
}) {
  const { t } = useTranslation('customer');
  const history = useQuery('customers.history', { customerId, field, limit: shownChanges }, [
    'fieldChange',
  ]);
  return (
    <div className={styles.past} data-testid="field-history">
      {history.data?.length === 0 ? <p className="muted">{t('history.none')}</p> : null}
      {history.failure ? <p role="alert">{t(`errors:${history.failure.code}`)}</p> : null}
      <ul>
        {(history.data ?? []).map((change) => (
          <Change key={change.id} change={change} named={field === null} />
        ))}
      </ul>
      {onClose ? (
        <IconButton
          label={t('common:actions.close')}
          icon={<IconX size={14} aria-hidden="true" />}
          className={styles.pastClose}
          onClick={onClose}
        />
      ) : null}
    </div>
  );
}
