import { IconFileOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ImportState, ImportView } from '#shared/sync/importing.ts';
import type { Query } from '../../app/bridge.tsx';
import { hrefOf } from '../../app/routes.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Pill, type Tone } from '../../ui/Pill.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { ListFailed } from '../tickets/ListStates.tsx';
import styles from './importing.module.css';

export const toneOf: Record<ImportState, Tone> = {
  uploading: 'plain',
  ready: 'accent',
  checking: 'accent',
  checked: 'accent',
  running: 'accent',
  done: 'ok',
  cancelled: 'outline',
  failed: 'error',
};

/** Imports so far, the newest first. */
export function ImportList({ imports }: { imports: Query<ImportView[]> }) {
  const { t } = useTranslation('importing');
  const format = useFormat();
  const { data, failure, reload } = imports;
  if (failure) return <ListFailed title={t('past.failed')} failure={failure} onAgain={reload} />;
  if (!data) return <Skeleton widths={[70, 50, 70]} />;
  return (
    <section className={styles.box}>
      <h2>{t('past.title')}</h2>
      {data.length === 0 ? (
        <div className={styles.empty}>
          <EmptyState
            icon={<IconFileOff size={20} aria-hidden="true" />}
            title={t('past.none')}
            text={t('past.noneHint')}
          />
        </div>
      ) : (
        <ul className={styles.list}>
          {data.map((item) => (
            <li key={item.id}>
              <a className={styles.item} href={hrefOf('importing', item.id)} data-testid="import">
                <span className={styles.no}>{item.no}</span>
                <span className="medium cut">{item.fileName}</span>
                <Pill tone={toneOf[item.state]}>{t(`state.${item.state}`)}</Pill>
                <span className={styles.meta}>{t(`kinds.${item.kind}`)}</span>
                {item.counts ? (
                  <span className={styles.meta}>
                    {t('result.rows', {
                      count: item.counts.rows,
                      formatted: format.number(item.counts.rows),
                    })}
                  </span>
                ) : null}
                <span className="grow" />
                <span className={styles.meta}>
                  {t('past.by', { name: item.createdByName, time: format.moment(item.createdAt) })}
                </span>
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
