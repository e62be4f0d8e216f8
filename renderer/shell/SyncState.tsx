import { Menu } from '@mantine/core';
import {
  IconCloudOff,
  IconCloudUp,
  IconListDetails,
  IconRefresh,
  IconWifi,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SyncStatus } from '#shared/contract/models/desk.ts';
import { useRun } from '../app/bridge.tsx';
import { keysOf } from '../app/hotkeys.ts';
import { goTo } from '../app/routes.ts';
import { useFormat } from '../i18n/useFormat.ts';
import { cx } from '../ui/cx.ts';
import { KeyCap } from '../ui/KeyCap.tsx';
import { Countdown } from '../ui/Timer.tsx';
import styles from './LineStatus.module.css';

const icons = {
  online: IconWifi,
  offline: IconCloudOff,
  'first-sync': IconRefresh,
  off: IconCloudOff,
  'signed-out': IconCloudOff,
} as const;

/** How far the first sync is, `0 %` to `99 %`: what comes meanwhile may make more of it than was told. */
export function percentOf({ received, total }: Pick<SyncStatus, 'received' | 'total'>): number {
  if (!total) return 0;
  return Math.min(99, Math.floor((received / total) * 100));
}

function useSyncWords(sync: SyncStatus): string {
  const { t } = useTranslation('shell');
  const { state, waiting, received, total } = sync;
  if (state === 'first-sync') {
    return total === null
      ? t('sync.firstSync', { received })
      : t('sync.firstSyncOf', { percent: `${percentOf(sync)} %` });
  }
  if (state === 'offline' && waiting > 0) return t('sync.offlineWaiting', { count: waiting });
  if (state === 'online' && waiting > 0) return t('sync.sending', { count: waiting });
  return t(`sync.${state === 'signed-out' ? 'signedOut' : state}`);
}

/** Since when the server is away, what waits and since when, when all was in step last. */
function SyncDetails({ sync }: { sync: SyncStatus }) {
  const { t } = useTranslation('shell');
  const format = useFormat();
  const { offlineSince, nextTryAt, waitingSince, lastSyncAt } = sync;
  return (
    <Menu.Label className={styles.detail}>
      {offlineSince === null ? null : (
        <p>{t('sync.menu.offlineSince', { time: format.moment(offlineSince) })}</p>
      )}
      {sync.state === 'offline' && nextTryAt !== null ? (
        <p>
          {t('sync.menu.nextTry')} <Countdown until={nextTryAt} />
        </p>
      ) : null}
      <p>
        {waitingSince === null
          ? t('sync.menu.nothingWaits')
          : t('sync.menu.waitingSince', { time: format.moment(waitingSince) })}
      </p>
      <p>
        {lastSyncAt === null
          ? t('sync.menu.never')
          : t('sync.menu.lastSync', { time: format.moment(lastSyncAt) })}
      </p>
    </Menu.Label>
  );
}

/** The line to the server, and from it the way to what waits there. */
export function SyncState({ sync }: { sync: SyncStatus }) {
  const { t } = useTranslation('shell');
  const run = useRun();
  const words = useSyncWords(sync);
  const Icon = sync.state === 'online' && sync.waiting > 0 ? IconCloudUp : icons[sync.state];
  const calm = sync.state === 'online' || sync.state === 'first-sync';
  return (
    <Menu position="bottom-end" width={300}>
      <Menu.Target>
        <button
          type="button"
          className={cx(styles.status, calm ? undefined : styles.warn)}
          title={words}
          data-testid="sync-state"
          data-state={sync.state}
        >
          <Icon size={16} aria-hidden="true" />
          <span className={styles.words}>{words}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <SyncDetails sync={sync} />
        {sync.state === 'offline' ? (
          <Menu.Item
            leftSection={<IconRefresh size={14} aria-hidden="true" />}
            data-testid="sync-retry"
            onClick={() => void run('sync.retry', {})}
          >
            {t('sync.retry')}
          </Menu.Item>
        ) : null}
        <Menu.Item
          leftSection={<IconListDetails size={14} aria-hidden="true" />}
          rightSection={<KeyCap keys={keysOf('work.outbox')} />}
          data-testid="open-outbox"
          onClick={() => goTo('outbox')}
        >
          {t('nav.outbox')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
