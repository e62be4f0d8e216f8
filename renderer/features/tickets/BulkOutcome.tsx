import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BulkResult } from '#shared/contract/methods/ticketLists.ts';
import { useRun } from '../../app/bridge.tsx';
import { tell } from '../../store/window.ts';
import { Button } from '../../ui/Button.tsx';
import { Refusals } from './BulkDialog.tsx';
import styles from './tickets.module.css';

/** What was done, what was not and why, and the way back where there is one. */
export function BulkOutcome({ outcome, onDone }: { outcome: BulkResult; onDone: () => void }) {
  const { t } = useTranslation('tickets');
  const run = useRun();
  const [busy, setBusy] = useState(false);
  const { undo, done, refused } = outcome;
  const takeBack = async () => {
    setBusy(true);
    let count = 0;
    for (const { ticketIds, command } of undo ?? []) {
      const result = await run('ticketList.bulk', { ticketIds, command, preview: false });
      count += result?.done.length ?? 0;
    }
    tell(t('bulk.undone', { count }));
    onDone();
  };
  return (
    <div className={styles.bulkForm} data-testid="bulk-outcome">
      <p role="status">{t('bulk.did', { count: done.length })}</p>
      <Refusals refused={refused} />
      {undo === null ? <p className="small">{t('bulk.noUndo')}</p> : null}
      <div className={styles.dialogActions}>
        {undo !== null && done.length > 0 ? (
          <Button data-testid="bulk-undo" disabled={busy} onClick={() => void takeBack()}>
            {t('bulk.undo')}
          </Button>
        ) : null}
        <Button variant="solid" data-autofocus data-testid="bulk-done" onClick={onDone}>
          {t('common:actions.close')}
        </Button>
      </div>
    </div>
  );
}
