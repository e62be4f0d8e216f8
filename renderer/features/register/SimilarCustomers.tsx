import { Combobox } from '@mantine/core';
import { IconCopy, IconPhone } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SimilarCustomer } from '#shared/contract/methods/quality.ts';
import { ClassBadge } from '../../ui/ClassBadge.tsx';
import { cx } from '../../ui/cx.ts';
import { KeyCap } from '../../ui/KeyCap.tsx';
import { Pill } from '../../ui/Pill.tsx';
import fields from '../fields/fields.module.css';
import { markWords } from '../fields/pathSearch.ts';
import { useCandidateFacts } from '../match/CandidateRow.tsx';
import styles from './register.module.css';

const shownReasons = 2;

const numberReasons = new Set<string>(['sameNumber', 'sameEmail', 'sameIdentity']);

/** Why the customer may be the same: the strongest reasons first. */
function Reasons({ customer }: { customer: SimilarCustomer }) {
  const { t } = useTranslation('register');
  return customer.reasons.slice(0, shownReasons).map((reason) => (
    <Pill
      key={reason}
      tone={numberReasons.has(reason) ? 'warn' : 'outline'}
      icon={reason === 'sameNumber' ? <IconPhone size={14} aria-hidden="true" /> : null}
    >
      {t(`similar.${reason}`)}
    </Pill>
  ));
}

function SimilarRow({ candidate, typedName }: { candidate: SimilarCustomer; typedName: string }) {
  const { t } = useTranslation('register');
  const facts = useCandidateFacts();
  return (
    <Combobox.Option
      value={candidate.customerId}
      className={styles.one ?? ''}
      data-testid="similar-customer"
    >
      <span>
        <span className="row">
          <span className="cut medium" title={candidate.name}>
            {markWords(candidate.name, typedName).map((part, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one name have no other name
              <span key={index} className={part.marked ? fields.mark : undefined}>
                {part.text}
              </span>
            ))}
          </span>
          <ClassBadge valueClass={candidate.valueClass} />
          <Reasons customer={candidate} />
          <span className="cut small">{candidate.place}</span>
        </span>
        <span className="cut small">{facts(candidate)}</span>
      </span>
      <span className={styles.use}>{t('similar.use')}</span>
    </Combobox.Option>
  );
}

/** Customers who look like the one being typed. Nothing is preselected; keep typing to ignore them. */
export function SimilarCustomers({
  listId,
  candidates,
  typedName,
}: {
  listId: string;
  candidates: readonly SimilarCustomer[];
  typedName: string;
}) {
  const { t } = useTranslation('register');
  return (
    <div className={styles.similar} data-testid="similar-customers">
      <div className={styles.similarHead}>
        <IconCopy size={16} className="tone-warn" aria-hidden="true" />
        <span role="status">{t('similar.title', { count: candidates.length })}</span>
        <span className="small grow cut">{t('similar.hint')}</span>
        <KeyCap keys="ArrowDown" />
        <span className="small">{t('similar.look')}</span>
        <KeyCap keys="Enter" />
        <span className="small">{t('similar.take')}</span>
      </div>
      <Combobox.Options id={listId} tabIndex={-1} className={cx('scroll', styles.similarList)}>
        {candidates.map((candidate) => (
          <SimilarRow key={candidate.customerId} candidate={candidate} typedName={typedName} />
        ))}
      </Combobox.Options>
    </div>
  );
}
