import { IconMoodSmile } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SheetFilter } from '#shared/contract/methods/feedback.ts';
import {
  type SatisfactionGroup,
  satisfactionGroups,
} from '#shared/domain/feedback/satisfaction.ts';
import { useQuery } from '../../app/bridge.tsx';
import { useFormat } from '../../i18n/useFormat.ts';
import { useDesk } from '../../store/desk.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Figures } from '../../ui/Figures.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { Table } from '../../ui/Table.tsx';
import { percent } from '../complaints/ComplaintFigures.tsx';
import { useCategoryName } from '../complaints/words.ts';
import { ListFailed } from '../tickets/ListStates.tsx';
import styles from './feedback.module.css';

/** Satisfaction of all customers asked, and by agent, queue, category or day; each row leads to its answers. */
export function ScoresView({
  filter,
  onGroup,
  onOpen,
}: {
  filter: SheetFilter;
  onGroup: (group: SatisfactionGroup) => void;
  onOpen: (key: string | null) => void;
}) {
  const { t } = useTranslation('feedback');
  const { key: _, ...wish } = filter;
  const { data, failure, loading, reload } = useQuery('feedback.scores', wish, ['answerSheet']);
  const nameOf = useGroupName(filter.by);
  const mean = (value: number | null) => (value === null ? '–' : value.toFixed(2));
  if (failure) return <ListFailed title={t('failed')} failure={failure} onAgain={reload} />;
  if (loading || !data) return <Skeleton widths={[50, 60, 55]} />;
  if (data.all.sheets === 0) {
    return (
      <EmptyState
        icon={<IconMoodSmile size={20} aria-hidden="true" />}
        title={t('empty')}
        text={t('emptyText')}
      />
    );
  }
  return (
    <div className={styles.scores}>
      <Figures
        figures={[
          { name: t('sheets'), value: String(data.all.sheets) },
          { name: t('mean'), value: mean(data.all.mean), title: t('meanHow') },
          { name: t('top'), value: percent(data.all.topShare), title: t('topHow') },
          { name: t('satisfied'), value: percent(data.all.satisfiedShare) },
        ]}
      />
      <p className={styles.actions}>
        <Segmented
          label={t('by.label')}
          value={filter.by}
          options={satisfactionGroups.map((group) => ({ value: group, label: t(`by.${group}`) }))}
          onChange={onGroup}
        />
      </p>
      <Table aria-label={t(`by.${filter.by}`)}>
        <thead>
          <tr>
            <th>{t(`by.${filter.by}`)}</th>
            <th data-number>{t('sheets')}</th>
            <th data-number>{t('mean')}</th>
            <th data-number>{t('top')}</th>
            <th data-number>{t('satisfied')}</th>
          </tr>
        </thead>
        <tbody>
          {data.groups.map((group) => (
            <tr key={group.key ?? ''} data-testid="score-row">
              <th scope="row">
                <button type="button" className={styles.link} onClick={() => onOpen(group.key)}>
                  {group.name ?? nameOf(group.key)}
                </button>
              </th>
              <td data-number>{group.sheets}</td>
              <td data-number>{mean(group.mean)}</td>
              <td data-number>{percent(group.topShare)}</td>
              <td data-number>{percent(group.satisfiedShare)}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}

function useGroupName(by: SatisfactionGroup): (key: string | null) => string {
  const { t } = useTranslation('feedback');
  const format = useFormat();
  const categoryName = useCategoryName();
  const queues = useDesk((desk) => desk.configuration?.queues ?? null);
  return (key) => {
    if (key === null) return t('noGroup');
    if (by === 'category') return categoryName(key) ?? key;
    if (by === 'day') return format.date(key);
    const queue = queues?.find(({ id }) => id === key);
    return by === 'queue' && queue ? format.text(queue.name) : key;
  };
}
