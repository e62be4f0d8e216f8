import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BulkChange } from '#shared/contract/methods/quality.ts';
import { useInvoke } from '../../app/bridge.tsx';
import { tell } from '../../store/window.ts';
import { Button } from '../../ui/Button.tsx';
import { useFormFields } from '../fields/useFormFields.ts';
import { BulkForm } from './BulkForm.tsx';
import { BulkPreview } from './BulkPreview.tsx';
import { BulkRuns } from './BulkRuns.tsx';
import { type BulkDraft, type BulkOrder, emptyDraft, orderOf } from './bulkDraft.ts';
import styles from './quality.module.css';
import { useBulkRun } from './useBulkRun.ts';
import { useWalk } from './useWalk.ts';
import { WalkLine } from './WalkLine.tsx';

/** Changes are counted by the thousand and shown by the hundred. */
const most = 100_000;

/** Values of many customers at once: form, preview, then done in parts; what was done can be undone as a whole. */
export function BulkClean() {
  const { t } = useTranslation('quality');
  const invoke = useInvoke();
  const firstField = useFormFields().find(({ retired }) => !retired)?.id ?? '';
  const [draft, setDraft] = useState<BulkDraft>({ ...emptyDraft, fieldId: firstField });
  const [missing, setMissing] = useState<'value' | 'tag' | 'fieldId' | null>(null);
  const [order, setOrder] = useState<BulkOrder | null>(null);
  const bulk = useBulkRun();

  const walk = useWalk<BulkChange>(order === null ? null : JSON.stringify(order), {
    most,
    better: () => 0,
    async step(after) {
      const result = await invoke('quality.bulkPreview', { ...(order as BulkOrder), after });
      if (!result.ok) return result;
      const { changes, next, share } = result.value;
      return { ok: true, value: { items: changes, next, share } };
    },
  });

  function change(part: Partial<BulkDraft>): void {
    setDraft((before) => ({ ...before, ...part }));
    setMissing(null);
    // What is shown must be what would be done.
    setOrder(null);
  }

  function look(): void {
    const asked = orderOf(draft);
    if (typeof asked === 'string') setMissing(asked);
    else setOrder(asked);
  }

  async function run(): Promise<void> {
    if (order === null) return;
    const done = await bulk.run(order);
    if (done === null) return;
    tell(t('clean.done', { count: done }));
    setOrder(null);
  }

  return (
    <div className={styles.clean}>
      <p className="muted">{t('clean.hint')}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          look();
        }}
      >
        <fieldset disabled={bulk.progress !== null} className={styles.fields}>
          <BulkForm draft={draft} missing={missing} onChange={change} />
          <Button type="submit" data-testid="clean-look">
            {t('clean.look')}
          </Button>
        </fieldset>
      </form>
      {order === null ? null : (
        <>
          <WalkLine walk={walk} most={most} />
          <BulkPreview changes={walk.items} done={walk.state === 'done'} />
          {walk.items.length > 0 ? (
            <div className={styles.foot}>
              <p className="small grow" role="status" data-testid="clean-progress">
                {bulk.progress === null
                  ? ''
                  : t('clean.doing', { done: bulk.progress, count: walk.items.length })}
              </p>
              {bulk.progress === null ? (
                <Button
                  variant="solid"
                  disabled={walk.state !== 'done'}
                  data-testid="clean-do"
                  onClick={() => void run()}
                >
                  {t('clean.do', { count: walk.items.length })}
                </Button>
              ) : (
                <Button onClick={bulk.stop}>{t('clean.cancel')}</Button>
              )}
            </div>
          ) : null}
        </>
      )}
      <BulkRuns />
    </div>
  );
}
