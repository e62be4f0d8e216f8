import { IconArrowLeft, IconSwitchHorizontal } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Belongings, MergePreview } from '#shared/contract/methods/quality.ts';
import type { MergeChoice } from '#shared/domain/customers/customerMerge.ts';
import { useQuery, useRun } from '../../app/bridge.tsx';
import { goTo } from '../../app/routes.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { openCustomer, tell, tellWithAction } from '../../store/window.ts';
import { Button } from '../../ui/Button.tsx';
import { ClassBadge } from '../../ui/ClassBadge.tsx';
import { Page } from '../../ui/Page.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { ListFailed } from '../tickets/ListStates.tsx';
import { MergeTable } from './MergeTable.tsx';
import { type MergePair, mergeRouteId } from './mergeRoute.ts';
import styles from './quality.module.css';
import { Reasons } from './Reasons.tsx';

const counted: (keyof Belongings)[] = ['contactPoints', 'contacts', 'tickets', 'orders', 'tasks'];

function Side({
  side,
  preview: { winner, loser, winnerHas, loserHas, winnerPoints, loserPoints },
}: {
  side: 'winner' | 'loser';
  preview: MergePreview;
}) {
  const { t } = useTranslation('quality');
  const format = useFormat();
  const customer = side === 'winner' ? winner : loser;
  const has = side === 'winner' ? winnerHas : loserHas;
  const points = side === 'winner' ? winnerPoints : loserPoints;
  const counts = counted.filter((name) => has[name] > 0);
  return (
    <section
      className={styles.sideCard}
      aria-label={t(side === 'winner' ? 'merge.keep' : 'merge.goes')}
    >
      <p className="small">{t(side === 'winner' ? 'merge.keep' : 'merge.goes')}</p>
      <p className="row">
        <strong className="cut" data-testid={`merge-${side}`}>
          {customer.name}
        </strong>
        <ClassBadge valueClass={customer.valueClass} />
      </p>
      <p className="small" title={format.list(points)}>
        {points.length === 0 ? t('merge.none') : format.list(points)}
      </p>
      <p className="small">
        {counts.length === 0
          ? t('merge.none')
          : counts.map((name) => t(`merge.${name}`, { count: has[name] })).join(' · ')}
      </p>
    </section>
  );
}

function Comparison({ preview, onSwap }: { preview: MergePreview; onSwap: () => void }) {
  const { t } = useTranslation('quality');
  const run = useRun();
  const [choices, setChoices] = useState<Record<string, MergeChoice>>({});
  const [busy, setBusy] = useState(false);
  const { winner, loser } = preview;

  async function undo(mergeId: string): Promise<void> {
    if (await run('quality.undoMerge', { mergeId })) tell(t('merge.undone'));
  }

  async function merge(): Promise<void> {
    setBusy(true);
    const done = await run('quality.merge', { winnerId: winner.id, loserId: loser.id, choices });
    setBusy(false);
    if (!done) return;
    tellWithAction(t('merge.done', { name: winner.name, other: loser.name }), {
      label: t('merge.undo'),
      run: () => void undo(done.mergeId),
    });
    openCustomer(winner.id);
    goTo('desk');
  }

  return (
    <>
      <div className={styles.sides}>
        <Side side="winner" preview={preview} />
        <Button
          variant="ghost"
          icon={<IconSwitchHorizontal size={16} aria-hidden="true" />}
          data-testid="merge-swap"
          onClick={onSwap}
        >
          {t('merge.swap')}
        </Button>
        <Side side="loser" preview={preview} />
      </div>
      <p className={styles.walk}>
        <span className="small">{t('merge.likely', { score: preview.score })}</span>
        <Reasons reasons={preview.reasons} />
      </p>
      <MergeTable
        fields={preview.fields}
        choices={choices}
        onChoose={(field, choice) => setChoices((before) => ({ ...before, [field]: choice }))}
      />
      <div className={styles.foot}>
        <p className="small grow">{t('merge.keys')}</p>
        <Button variant="solid" disabled={busy} data-testid="merge-do" onClick={() => void merge()}>
          {t('merge.do')}
        </Button>
      </div>
    </>
  );
}

/** Two records side by side: which stays, which value of each field, what comes along. */
export function MergePage({ pair }: { pair: MergePair }) {
  const { t } = useTranslation('quality');
  const preview = useQuery('quality.mergePreview', pair, []);
  const { winnerId, loserId } = pair;
  const swapped = mergeRouteId({ winnerId: loserId, loserId: winnerId });
  return (
    <Page
      testId="merge-page"
      label={t('merge.title')}
      head={
        <Button
          variant="ghost"
          icon={<IconArrowLeft size={16} aria-hidden="true" />}
          onClick={() => goTo('quality', 'duplicates')}
        >
          {t('merge.back')}
        </Button>
      }
    >
      {preview.failure ? (
        <ListFailed title={t('merge.failed')} failure={preview.failure} onAgain={preview.reload} />
      ) : null}
      {preview.loading ? <Skeleton /> : null}
      {preview.data ? (
        <Comparison
          key={`${winnerId} ${loserId}`}
          preview={preview.data}
          onSwap={() => goTo('quality', swapped)}
        />
      ) : null}
    </Page>
  );
}
