import { IconListCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { QuestionnaireView } from '#shared/contract/methods/feedback.ts';
import type { Query } from '../../app/bridge.tsx';
import { hrefOf } from '../../app/routes.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Pill } from '../../ui/Pill.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { ListFailed } from '../tickets/ListStates.tsx';
import styles from './feedback.module.css';

/** What customers can be asked. */
export function QuestionnaireList({
  list,
  selectedId,
}: {
  list: Query<QuestionnaireView[]>;
  selectedId: string | null;
}) {
  const { t } = useTranslation('feedback');
  const format = useFormat();
  const { data, failure, reload } = list;
  if (failure) return <ListFailed title={t('listFailed')} failure={failure} onAgain={reload} />;
  if (!data) return <Skeleton widths={[60, 50]} />;
  if (data.length === 0) {
    return (
      <EmptyState
        icon={<IconListCheck size={20} aria-hidden="true" />}
        title={t('none')}
        text={t('noneText')}
      />
    );
  }
  return (
    <ul aria-label={t('tabs.questionnaires')}>
      {data.map((one) => (
        <li key={one.id}>
          <a
            className={styles.row}
            href={hrefOf('feedback', one.id)}
            aria-current={one.id === selectedId ? 'true' : undefined}
            data-testid="questionnaire"
          >
            <span className={styles.actions}>
              <span className="medium">{format.text(one.name)}</span>
              {one.active ? null : <Pill tone="outline">{t('notUsed')}</Pill>}
              {one.waiting ? <Pill tone="warn">{t('common:notSent')}</Pill> : null}
            </span>
            <span className="small">
              {t('edition', { edition: one.edition })} ·{' '}
              {t('questions', { count: one.questions.length })}
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}
