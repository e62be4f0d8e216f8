import { IconCloudOff } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { JournalFilter } from '#shared/sync/journal.ts';
import { useQuery } from '../../app/bridge.tsx';
import { goTo, useRoute } from '../../app/routes.ts';
import { useDesk, useMayDo } from '../../store/desk.ts';
import { useNow } from '../../ui/clock.ts';
import { ListFoot } from '../../ui/ListFoot.tsx';
import { Page } from '../../ui/Page.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { useSettled } from '../segments/useSettled.ts';
import { ListFailed } from '../tickets/ListStates.tsx';
import { JournalDetail } from './JournalDetail.tsx';
import { JournalFilters, PeriodFields } from './JournalFilters.tsx';
import { JournalTable } from './JournalTable.tsx';
import styles from './journal.module.css';
import { filterOf, type JournalWish, useJournalWish } from './journalFilter.ts';
import { type JournalList, useJournal } from './useJournal.ts';

const minuteMs = 60_000;
const settleMs = 250;
/** A call is named in the address by its record, or by its reference behind this word. */
const refWord = 'ref:';

/** The address of a call in the journal by its reference at the PBX. */
export function journalIdOfRef(callRef: string): string {
  return `${refWord}${callRef}`;
}

/** Days do not change from minute to minute: the same question stays the same. */
function useFilter(wish: JournalWish): JournalFilter {
  const minute = Math.floor(useNow() / minuteMs);
  const settled = useSettled(wish, settleMs);
  const key = JSON.stringify(filterOf(settled, minute * minuteMs));
  return useMemo(() => JSON.parse(key) as JournalFilter, [key]);
}

/** The reference of the call that the address names: one of the list, or any other. */
function useChosenRef(list: JournalList): { callRef: string | null; rowId: string | null } {
  const { id } = useRoute();
  const rows = list.page?.rows ?? null;
  const byRef = id?.startsWith(refWord) ? id.slice(refWord.length) : null;
  const listed = rows?.find((row) => row.id === id || row.callRef === byRef);
  const isElsewhere = id !== null && byRef === null && rows !== null && !listed;
  // Whoever comes from a customer's time line may ask for a call that is not in the list.
  const asked = useQuery('journal.get', isElsewhere ? { callId: id } : null, ['call']);
  return {
    callRef: listed?.callRef ?? byRef ?? asked.data?.callRef ?? null,
    rowId: listed?.id ?? id,
  };
}

/** Calls as rows, the newest first: one's own, or everybody's for whoever watches the team. */
export function JournalPage() {
  const { t } = useTranslation('journal');
  const mayWatch = useMayDo('team.watch');
  const ownId = useDesk((desk) => desk.session.user?.id ?? null);
  const [wish, setWish] = useJournalWish();
  const list = useJournal(useFilter(wish));
  const { callRef, rowId } = useChosenRef(list);
  const { page, failure, readOn } = list;
  const isMine = wish.narrowed.agentId !== null && wish.narrowed.agentId === ownId;
  const chooseWhose = (whose: 'mine' | 'all') =>
    setWish({
      ...wish,
      narrowed: { ...wish.narrowed, agentId: whose === 'mine' ? ownId : null },
    });
  const chosen = page?.rows.find(({ id }) => id === rowId);
  return (
    <Page
      testId="journal-page"
      label={t('title')}
      head={
        <>
          {mayWatch ? (
            <Segmented
              className={styles.whose ?? ''}
              label={t('whoseLabel')}
              value={isMine ? 'mine' : 'all'}
              options={[
                { value: 'mine' as const, label: t('whose.mine') },
                { value: 'all' as const, label: t('whose.all') },
              ]}
              onChange={chooseWhose}
            />
          ) : null}
          <PeriodFields wish={wish} onChange={setWish} />
        </>
      }
      filters={<JournalFilters wish={wish} onChange={setWish} />}
      sideWidth="narrow"
      side={
        callRef === null ? null : (
          <JournalDetail
            key={callRef}
            callRef={callRef}
            callId={chosen?.callId ?? null}
            mark={JSON.stringify([
              chosen?.result,
              chosen?.wrapUp,
              chosen?.tickets,
              chosen?.followUp,
            ])}
            onClose={() => goTo('journal')}
          />
        )
      }
      flush
    >
      {failure && !page ? (
        <ListFailed title={t('failed')} failure={failure} onAgain={list.reload} />
      ) : (
        <JournalTable
          entries={page?.rows ?? null}
          withAgent={mayWatch && !isMine}
          selectedId={rowId}
          onSelect={(id) => goTo('journal', id)}
          onReadOn={readOn}
        />
      )}
      <Foot list={list} />
    </Page>
  );
}

function Foot({ list: { page, failure, readOn } }: { list: JournalList }) {
  const { t } = useTranslation('journal');
  const isHeld = page?.origin === 'desk';
  return (
    <ListFoot keys={[{ caps: ['J', 'K'], words: t('keys.move') }]}>
      {page ? (
        <span data-testid="journal-count">
          {t(readOn ? 'rowsMore' : 'rows', { count: page.rows.length })}
        </span>
      ) : null}
      {isHeld || (failure && page) ? (
        <span className={styles.held} role="status" data-testid="journal-held">
          <IconCloudOff size={14} aria-hidden="true" />
          {t(isHeld ? 'held' : 'lastKnown')}
        </span>
      ) : null}
    </ListFoot>
  );
}
