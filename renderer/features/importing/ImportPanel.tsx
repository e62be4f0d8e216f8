import { IconArrowLeft } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportView } from '#shared/sync/importing.ts';
import { useQuery } from '../../app/bridge.tsx';
import { hrefOf } from '../../app/routes.ts';
import { useFailureText } from '../../i18n/useFailureText.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { Pill } from '../../ui/Pill.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { ListFailed } from '../tickets/ListStates.tsx';
import { toneOf } from './ImportList.tsx';
import { ImportStage } from './ImportStage.tsx';
import styles from './importing.module.css';
import { useFocusKept } from './useFocusKept.ts';
import { useFollowed } from './useFollowed.ts';

const movingStates: readonly ImportView['state'][] = ['uploading', 'checking', 'running'];

/** One import: how its file is read, what becomes of its rows, and how far it is. */
export function ImportPanel({ importId, onGone }: { importId: string; onGone: () => void }) {
  const { t } = useTranslation(['importing', 'common']);
  const failureText = useFailureText();
  const { data, failure, reload } = useQuery('importing.find', { importId });
  const [last, setLast] = useState<ImportView | null>(null);
  useEffect(() => {
    if (data) setLast(data);
  }, [data]);
  const view = data ?? last;
  useFollowed(view !== null && movingStates.includes(view.state), reload);
  const title = useFocusKept<HTMLHeadingElement>(view?.state ?? null);
  if (failure && (!view || failure.code === 'not-found')) {
    return <ListFailed title={t('past.failed')} failure={failure} onAgain={reload} />;
  }
  if (!view) return <Skeleton widths={[40, 70, 70]} />;
  return (
    <>
      <div className={styles.title}>
        <a className={styles.back} href={hrefOf('importing')} aria-label={t('actions.back')}>
          <IconArrowLeft size={16} aria-hidden="true" />
        </a>
        <h2 className="cut" ref={title} tabIndex={-1} title={view.fileName}>
          {view.fileName}
        </h2>
        <span role="status">
          <Pill tone={toneOf[view.state]}>{t(`state.${view.state}`)}</Pill>
        </span>
        <span className={styles.meta}>{t(`kinds.${view.kind}`)}</span>
      </div>
      {failure ? (
        <Banner
          title={t('past.failedNow')}
          text={failureText(failure)}
          actions={
            <Button size="sm" onClick={reload}>
              {t('common:actions.retry')}
            </Button>
          }
        />
      ) : null}
      <ImportStage view={view} reload={reload} onGone={onGone} />
    </>
  );
}
