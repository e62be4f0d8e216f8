import { useTranslation } from 'react-i18next';
import type { SyncStatus } from '#shared/contract/models/desk.ts';
import { useFormat } from '../i18n/useFormat.ts';
import styles from './SyncProgress.module.css';
import { percentOf } from './SyncState.tsx';

/** How many of the centre's records this desk has, while it fetches them for the first time. */
export function SyncProgress({ sync }: { sync: SyncStatus }) {
  const { t } = useTranslation('outbox');
  const format = useFormat();
  const { received, total } = sync;
  const stopped = sync.state === 'offline';
  const numbers = {
    received: format.number(received),
    total: format.number(Math.max(received, total ?? 0)),
  };
  return (
    <section
      className={styles.strip}
      data-stopped={stopped}
      data-testid="first-sync"
      aria-label={t('progress.title')}
    >
      <span className="medium nowrap">{t('progress.title')}</span>
      {total === null ? null : (
        <progress
          className={styles.bar}
          max={100}
          value={percentOf(sync)}
          aria-label={t('progress.title')}
          data-testid="first-sync-bar"
        />
      )}
      {total === null && received === 0 ? null : (
        <span className="nowrap">
          {t(total === null ? 'progress.textUnknown' : 'progress.text', numbers)}
        </span>
      )}
      <span className="muted cut">{t(stopped ? 'progress.stopped' : 'progress.calm')}</span>
    </section>
  );
}
