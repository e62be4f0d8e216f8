import { Combobox } from '@mantine/core';
import { IconCopy, IconPhone, IconPhoneCall } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Candidate } from '#shared/contract/models.ts';
import { foldText } from '#shared/domain/text.ts';
import { ClassBadge } from '../../ui/ClassBadge.tsx';
import { cx } from '../../ui/cx.ts';
import { KeyCap } from '../../ui/KeyCap.tsx';
import { Pill } from '../../ui/Pill.tsx';
import fields from '../fields/fields.module.css';
import { markWords } from '../fields/pathSearch.ts';
import { useCandidateFacts } from '../match/CandidateRow.tsx';
import styles from './register.module.css';

/** Why a customer is shown as similar: the same number, its last digits only, or the name. */
export function reasonOf(
  candidate: Candidate,
  typedName: string,
): 'sameNumber' | 'maybeNumber' | 'likeName' {
  if (candidate.certainty === 'exact') return 'sameNumber';
  const words = foldText(typedName).split(' ').filter(Boolean);
  const name = foldText(candidate.name);
  return words.some((word) => name.includes(word)) ? 'likeName' : 'maybeNumber';
}

function Reason({ reason }: { reason: ReturnType<typeof reasonOf> }) {
  const { t } = useTranslation('register');
  const words = t(`similar.${reason}`);
  if (reason === 'likeName') return <Pill tone="outline">{words}</Pill>;
  const Icon = reason === 'sameNumber' ? IconPhone : IconPhoneCall;
  return (
    <Pill tone="warn" icon={<Icon size={14} aria-hidden="true" />}>
      {words}
    </Pill>
  );
}

function SimilarRow({ candidate, typedName }: { candidate: Candidate; typedName: string }) {
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
          <Reason reason={reasonOf(candidate, typedName)} />
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
  candidates: readonly Candidate[];
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
