import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BulkRun } from '#shared/contract/methods/quality.ts';
import { useQuery, useRun } from '../../app/bridge.tsx';
import { useFormat } from '../../i18n/useFormat.ts';
import { tell } from '../../store/window.ts';
import { Button } from '../../ui/Button.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import styles from './quality.module.css';

function RunLine({ done }: { done: BulkRun }) {
  const { t } = useTranslation('quality');
  const format = useFormat();
  const run = useRun();
  const [progress, setProgress] = useState<number | null>(null);

  async function undo(): Promise<void> {
    let back = 0;
    let kept = 0;
    setProgress(0);
    for (;;) {
      const part = await run('quality.bulkUndo', { runId: done.runId });
      if (part === null) break;
      back += part.undone;
      kept += part.kept;
      setProgress(back);
      if (part.more) continue;
      const stays = kept > 0 ? ` · ${t('clean.kept', { count: kept })}` : '';
      tell(t('clean.undoDone', { count: back }) + stays);
      break;
    }
    setProgress(null);
  }

  return (
    <li className={styles.merged} data-testid="clean-run">
      <span className="grow">
        {t('clean.run', { count: done.changes, date: format.moment(done.at), by: done.byName })}
        {done.undone ? ` · ${t('clean.undone')}` : ''}
      </span>
      {done.undone && progress === null ? null : (
        <Button
          size="sm"
          disabled={progress !== null}
          data-testid="clean-undo"
          onClick={() => void undo()}
        >
          {progress === null ? t('clean.undo') : t('clean.undoing', { done: progress })}
        </Button>
      )}
    </li>
  );
}

/** What was cleaned up before, the newest first. */
export function BulkRuns() {
  const { t } = useTranslation('quality');
  const runs = useQuery('quality.bulkRuns', {}, ['fieldChange']);
  return (
    <section aria-label={t('clean.runs')}>
      <SectionHead title={t('clean.runs')} />
      {runs.data?.length === 0 ? <p className="muted">{t('clean.noRuns')}</p> : null}
      <ul>
        {(runs.data ?? []).map((done) => (
          <RunLine key={done.runId} done={done} />
        ))}
      </ul>
    </section>
  );
}
