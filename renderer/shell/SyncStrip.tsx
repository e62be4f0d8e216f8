import { IconCloudOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SyncStatus } from '#shared/contract/models/desk.ts';
import { goTo } from '../app/routes.ts';
import { useFormat } from '../i18n/useFormat.ts';
import { useCallInBar, useDesk } from '../store/desk.ts';
import { Banner } from '../ui/Banner.tsx';
import { Button } from '../ui/Button.tsx';
import styles from './SyncProgress.module.css';
import { SyncProgress } from './SyncProgress.tsx';

function Strip({ children }: { children: ReactNode }) {
  return (
    <div className={styles.below} data-testid="sync-strip">
      {children}
    </div>
  );
}

function Offline({ sync }: { sync: SyncStatus }) {
  const { t } = useTranslation('outbox');
  const format = useFormat();
  const signedOut = sync.state === 'signed-out';
  const since = sync.offlineSince ?? sync.lastSyncAt ?? 0;
  const count = sync.waiting;
  return (
    <Banner
      icon={<IconCloudOff size={16} aria-hidden="true" />}
      title={
        signedOut ? t('offline.signedOut') : t('offline.title', { time: format.moment(since) })
      }
      text={
        <>
          {t(signedOut ? 'offline.signedOutText' : 'offline.text')}
          {count > 0 ? ` ${t('offline.waiting', { count })}` : ''}
        </>
      }
      actions={
        <Button size="sm" data-testid="strip-open-outbox" onClick={() => goTo('outbox')}>
          {t('offline.show')}
        </Button>
      }
    />
  );
}

/**
 * A calm line below the page: how far the first sync is, and that the server is away while the call bar has a call to
 * show. It stands below, so that nothing moves when a call comes.
 */
export function SyncStrip() {
  const sync = useDesk((desk) => desk.sync);
  const call = useCallInBar();
  const listens = useDesk((desk) => desk.supervision.listening !== null);
  const barIsTaken = call !== null || listens;
  const first = sync.state === 'first-sync' || (sync.state === 'offline' && sync.total !== null);
  if (first) return <SyncProgress sync={sync} />;
  if (sync.state === 'signed-out' || (sync.state === 'offline' && barIsTaken)) {
    return (
      <Strip>
        <Offline sync={sync} />
      </Strip>
    );
  }
  return null;
}
