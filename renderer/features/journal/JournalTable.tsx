import { IconPhone } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { JournalEntry } from '#shared/contract/models.ts';
import { cx } from '../../ui/cx.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { SkeletonRows } from '../tickets/ListStates.tsx';
import { useRowKeys } from '../tickets/rowKeys.ts';
import table from '../tickets/tickets.module.css';
import { JournalRow } from './JournalRow.tsx';
import styles from './journal.module.css';

function Columns({ withAgent }: { withAgent: boolean }) {
  return (
    <colgroup>
      <col className={styles.cTime} />
      {withAgent ? <col className={styles.cAgent} /> : null}
      <col className={styles.cCaller} />
      <col className={cx(styles.cQueue, styles.wide)} />
      <col className={styles.cTalk} />
      <col />
      <col className={styles.cTicket} />
      <col className={cx(styles.cFollowUp, styles.wide)} />
    </colgroup>
  );
}

/** Calls as rows, the newest first; `entries` null: still on their way. */
export function JournalTable({
  entries,
  withAgent,
  selectedId,
  onSelect,
}: {
  entries: readonly JournalEntry[] | null;
  withAgent: boolean;
  selectedId: string | null;
  onSelect: (callId: string) => void;
}) {
  const { t } = useTranslation('journal');
  const ids = entries?.map((entry) => entry.callId) ?? [];
  const { listRef, onKeyDown } = useRowKeys(ids, selectedId, onSelect, () => undefined);
  if (entries?.length === 0) {
    return (
      <EmptyState
        icon={<IconPhone size={20} aria-hidden="true" />}
        title={t('empty')}
        text={t('emptyHint')}
      />
    );
  }
  return (
    <div ref={listRef} className={cx('scroll', table.rows)}>
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose rows are chosen by key is a grid
        role="grid"
        tabIndex={0}
        aria-label={t('region')}
        aria-rowcount={ids.length}
        aria-activedescendant={selectedId === null ? undefined : `journal-row-${selectedId}`}
        className={table.table}
        data-testid="journal-list"
        onKeyDown={onKeyDown}
      >
        <Columns withAgent={withAgent} />
        <thead>
          <tr>
            <th scope="col">{t('columns.at')}</th>
            {withAgent ? <th scope="col">{t('columns.agent')}</th> : null}
            <th scope="col">{t('columns.caller')}</th>
            <th scope="col" className={styles.wide}>
              {t('columns.queue')}
            </th>
            <th scope="col">{t('columns.talk')}</th>
            <th scope="col">{t('columns.conclusion')}</th>
            <th scope="col">{t('columns.ticket')}</th>
            <th scope="col" className={styles.wide}>
              {t('columns.followUp')}
            </th>
          </tr>
        </thead>
        <tbody>
          {entries === null ? (
            <SkeletonRows columns={withAgent ? 8 : 7} />
          ) : (
            entries.map((entry) => (
              <JournalRow
                key={entry.callId}
                entry={entry}
                withAgent={withAgent}
                selected={entry.callId === selectedId}
                onSelect={() => onSelect(entry.callId)}
              />
            ))
          )}
        </tbody>
      </table>
    </div>
  );
}
