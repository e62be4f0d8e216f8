import { IconPhoneCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from '../../app/bridge.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Page } from '../../ui/Page.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { ListFailed, OfflineMark } from '../tickets/ListStates.tsx';
import { MissedCallRow } from './MissedCallRow.tsx';

const mostRows = 500;

/** Calls that nobody answered, one line a caller, until somebody was reached or decided otherwise. */
export function MissedCallsPage() {
  const { t } = useTranslation('missedCalls');
  const [state, setState] = useState<'open' | 'handled'>('open');
  const list = useQuery('missedCalls.list', { state, limit: mostRows }, ['missedCall', 'customer']);
  const { data, failure, loading, reload } = list;
  return (
    <Page
      testId="missed-page"
      label={t('title')}
      head={
        <>
          <Segmented
            label={t('state')}
            value={state}
            options={[
              { value: 'open', label: t('open', { count: data?.open ?? 0 }) },
              { value: 'handled', label: t('handled') },
            ]}
            onChange={setState}
          />
          <OfflineMark />
        </>
      }
    >
      {failure ? <ListFailed title={t('failed')} failure={failure} onAgain={reload} /> : null}
      {loading ? <Skeleton widths={[60, 50, 55]} /> : null}
      {data?.calls.length === 0 ? (
        <EmptyState
          icon={<IconPhoneCheck size={20} aria-hidden="true" />}
          title={t(state === 'open' ? 'empty' : 'emptyHandled')}
          text={t('emptyText')}
        />
      ) : null}
      <ul aria-label={t('title')}>
        {data?.calls.map((call) => (
          <MissedCallRow key={call.id} call={call} />
        ))}
      </ul>
    </Page>
  );
}
