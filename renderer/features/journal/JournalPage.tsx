import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { InputOf } from '#shared/contract/contract.ts';
import { useQuery } from '../../app/bridge.tsx';
import { goTo, useRoute } from '../../app/routes.ts';
import { useMayDo } from '../../store/desk.ts';
import { KeyCap } from '../../ui/KeyCap.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { ListFailed, OfflineMark } from '../tickets/ListStates.tsx';
import table from '../tickets/tickets.module.css';
import { JournalDetail } from './JournalDetail.tsx';
import { JournalTable } from './JournalTable.tsx';
import styles from './journal.module.css';

type Whose = InputOf<'journal.list'>['whose'];
const rowLimit = 200;

/** One's own calls as rows, the newest first; whoever watches the team sees everybody's. */
export function JournalPage() {
  const { t } = useTranslation('journal');
  const mayWatch = useMayDo('team.watch');
  const [whose, setWhose] = useState<Whose>('mine');
  const { id } = useRoute();
  const list = useQuery('journal.list', { whose, limit: rowLimit }, [
    'call',
    'wrapUp',
    'task',
    'ticket',
  ]);
  const listed = list.data?.find((one) => one.callId === id);
  // Whoever comes from a customer's time line may ask for a call that is older than the list.
  const asked = useQuery(
    'journal.get',
    id !== null && list.data !== null && !listed ? { callId: id } : null,
    ['call', 'wrapUp', 'task', 'ticket'],
  );
  const entry = listed ?? asked.data;
  const count = list.data?.length;
  return (
    <div className={styles.page} data-detail={entry !== null}>
      <section className={styles.column} aria-label={t('title')}>
        <div className={table.bar}>
          <h1 className={styles.title}>{t('title')}</h1>
          {mayWatch ? (
            <Segmented
              className={styles.whose ?? ''}
              label={t('whoseLabel')}
              value={whose}
              options={[
                { value: 'mine' as const, label: t('whose.mine') },
                { value: 'all' as const, label: t('whose.all') },
              ]}
              onChange={setWhose}
            />
          ) : null}
        </div>
        {list.failure ? (
          <ListFailed title={t('failed')} failure={list.failure} onAgain={list.reload} />
        ) : (
          <JournalTable
            entries={list.data}
            withAgent={whose === 'all'}
            selectedId={id}
            onSelect={(callId) => goTo('journal', callId)}
          />
        )}
        <footer className={table.foot}>
          {count === undefined ? null : (
            <span>{t(count < rowLimit ? 'rows' : 'rowsCapped', { count })}</span>
          )}
          <OfflineMark />
          <span className={table.keys}>
            <span className={table.key}>
              <KeyCap keys="J" />
              <KeyCap keys="K" />
              {t('keys.move')}
            </span>
          </span>
        </footer>
      </section>
      {entry ? <JournalDetail entry={entry} onClose={() => goTo('journal')} /> : null}
    </div>
  );
}
