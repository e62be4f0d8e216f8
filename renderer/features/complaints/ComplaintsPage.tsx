import { IconMoodCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ComplaintFilter, ComplaintView } from '#shared/contract/methods/complaints.ts';
import { complaintStages } from '#shared/domain/tickets/complaint.ts';
import { levels } from '#shared/domain/tickets/ticket.ts';
import { useQuery } from '../../app/bridge.tsx';
import { hrefOf } from '../../app/routes.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useDesk } from '../../store/desk.ts';
import { useNow } from '../../ui/clock.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Page } from '../../ui/Page.tsx';
import { Pill } from '../../ui/Pill.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Select } from '../../ui/Select.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { Table } from '../../ui/Table.tsx';
import { pathText } from '../fields/pathSearch.ts';
import { ListFailed, OfflineMark } from '../tickets/ListStates.tsx';
import { ComplaintFigures } from './ComplaintFigures.tsx';
import styles from './complaints.module.css';
import { ExportRegister } from './ExportRegister.tsx';
import { PeriodSelect } from './PeriodSelect.tsx';
import { daysOfPeriod, type Period } from './period.ts';
import { useCategoryLeaf, useCategoryName } from './words.ts';

const mostRows = 500;
const any = '';
type Filter = Omit<ComplaintFilter, 'from' | 'to'>;
const everything: Filter = { open: false, stage: null, severity: null, categoryId: null };

function Row({ complaint }: { complaint: ComplaintView }) {
  const { t } = useTranslation('complaints');
  const format = useFormat();
  const nameOf = useCategoryName();
  const leafOf = useCategoryLeaf();
  const { ticketId, no, subject, customerName, categoryId, severity, stage } = complaint;
  return (
    <tr data-testid="complaint" data-ticket-id={ticketId}>
      <td>
        <a href={hrefOf('tickets', ticketId)}>{no ?? t('common:numberFollows')}</a>
      </td>
      <td title={subject}>
        {subject} {complaint.repeatOf ? <Pill tone="warn">{t('repeated')}</Pill> : null}{' '}
        {complaint.waiting ? <Pill tone="warn">{t('common:notSent')}</Pill> : null}
      </td>
      <td title={customerName ?? ''}>{customerName ?? '–'}</td>
      <td title={nameOf(categoryId) ?? ''}>{leafOf(categoryId) ?? '–'}</td>
      <td>{t(`levels.${severity}`)}</td>
      <td>{t(`stages.${stage}`)}</td>
      <td>{complaint.ownerName ?? '–'}</td>
      <td>{format.moment(complaint.createdAt)}</td>
    </tr>
  );
}

function Filters({ filter, onChange }: { filter: Filter; onChange: (filter: Filter) => void }) {
  const { t } = useTranslation('complaints');
  const { language } = useFormat();
  const categories = useDesk((desk) => desk.configuration?.ticketCategories ?? null);
  const change = (part: Partial<Filter>) => onChange({ ...filter, ...part });
  const orAny = <V extends string>(label: string, options: { value: V; label: string }[]) => [
    { value: any as V | '', label },
    ...options,
  ];
  return (
    <>
      <Segmented
        label={t('filter.state')}
        value={filter.open ? 'open' : 'all'}
        options={[
          { value: 'all', label: t('filter.all') },
          { value: 'open', label: t('filter.open') },
        ]}
        onChange={(state) => change({ open: state === 'open' })}
      />
      <Select
        aria-label={t('filter.stage')}
        value={filter.stage ?? any}
        options={orAny(
          t('filter.anyStage'),
          complaintStages.map((stage) => ({ value: stage, label: t(`stages.${stage}`) })),
        )}
        onChoose={(stage) => change({ stage: stage || null })}
      />
      <Select
        aria-label={t('severity')}
        value={filter.severity ?? any}
        options={orAny(
          t('filter.anySeverity'),
          levels.map((level) => ({ value: level, label: t(`levels.${level}`) })),
        )}
        onChoose={(severity) => change({ severity: severity || null })}
      />
      <Select
        aria-label={t('category')}
        value={filter.categoryId ?? any}
        options={orAny(
          t('filter.anyCategory'),
          (categories ?? []).map((item) => ({ value: item.id, label: pathText(item, language) })),
        )}
        onChoose={(categoryId) => change({ categoryId: categoryId || null })}
      />
    </>
  );
}

/** The register of complaints: all of them with how far they are, and what they come to. */
export function ComplaintsPage() {
  const { t } = useTranslation('complaints');
  const now = useNow();
  const [period, setPeriod] = useState<Period>('quarter');
  const [filter, setFilter] = useState<Filter>(everything);
  const days = daysOfPeriod(period, now);
  const input = { filter: { ...days, ...filter }, limit: mostRows };
  const list = useQuery('complaints.list', input, ['complaint', 'ticket', 'customer']);
  const { data, failure, loading, reload } = list;
  return (
    <Page
      testId="complaints-page"
      label={t('title')}
      head={
        <>
          <PeriodSelect value={period} onChoose={setPeriod} />
          <OfflineMark />
          <span className="grow" />
          <ExportRegister />
        </>
      }
      filters={<Filters filter={filter} onChange={setFilter} />}
    >
      <ComplaintFigures days={days} />
      {failure ? <ListFailed title={t('failed')} failure={failure} onAgain={reload} /> : null}
      {loading ? <Skeleton widths={[70, 60, 70]} /> : null}
      {data?.rows.length === 0 ? (
        <EmptyState
          icon={<IconMoodCheck size={20} aria-hidden="true" />}
          title={t('empty')}
          text={t('emptyText')}
        />
      ) : null}
      {data && data.rows.length > 0 ? (
        <>
          <Table aria-label={t('title')}>
            <thead>
              <tr>
                <th className={styles.no}>{t('column.no')}</th>
                <th>{t('column.subject')}</th>
                <th className={styles.middle}>{t('column.customer')}</th>
                <th className={styles.middle}>{t('category')}</th>
                <th className={styles.short}>{t('severity')}</th>
                <th className={styles.middle}>{t('column.stage')}</th>
                <th className={styles.short}>{t('column.owner')}</th>
                <th className={styles.middle}>{t('column.createdAt')}</th>
              </tr>
            </thead>
            <tbody>
              {data.rows.map((complaint) => (
                <Row key={complaint.id} complaint={complaint} />
              ))}
            </tbody>
          </Table>
          {data.total > data.rows.length ? (
            <p className="small">{t('shown', { count: data.rows.length, total: data.total })}</p>
          ) : null}
        </>
      ) : null}
    </Page>
  );
}
