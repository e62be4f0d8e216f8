import { IconPhone } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { cx } from '../../ui/cx.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ListTable } from '../../ui/ListTable.tsx';
import { SkeletonRows } from '../tickets/ListStates.tsx';
import { useRowKeys } from '../tickets/rowKeys.ts';
import { JournalRow, rowIdOf, type ShownCall } from './JournalRow.tsx';
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
  onReadOn = null,
}: {
  entries: readonly ShownCall[] | null;
  withAgent: boolean;
  selectedId: string | null;
  onSelect: (rowId: string) => void;
  /** Null: there are no more. */
  onReadOn?: (() => void) | null;
}) {
  const { t } = useTranslation('journal');
  const ids = entries?.map(rowIdOf) ?? [];
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
    <ListTable
      ref={listRef}
      role="grid"
      tabIndex={0}
      aria-label={t('region')}
      aria-rowcount={onReadOn ? -1 : ids.length}
      aria-activedescendant={selectedId === null ? undefined : `journal-row-${selectedId}`}
      aria-busy={entries === null}
      data-testid="journal-list"
      onKeyDown={onKeyDown}
      footer={
        onReadOn ? (
          <p className={styles.more}>
            <Button size="sm" data-testid="journal-more" onClick={onReadOn}>
              {t('common:actions.loadMore')}
            </Button>
          </p>
        ) : null
      }
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
          <th scope="col" data-number>
            {t('columns.talk')}
          </th>
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
              key={rowIdOf(entry)}
              entry={entry}
              withAgent={withAgent}
              selected={rowIdOf(entry) === selectedId}
              onSelect={() => onSelect(rowIdOf(entry))}
            />
          ))
        )}
      </tbody>
    </ListTable>
  );
}
