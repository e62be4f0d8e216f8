import { Menu } from '@mantine/core';
import {
  IconHeadphones,
  IconHeadphonesOff,
  IconHeadset,
  IconPlugConnectedX,
  IconRefresh,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PhoneStatus } from '#shared/contract/models/desk.ts';
import { useRun } from '../app/bridge.tsx';
import { keysOf } from '../app/hotkeys.ts';
import { goTo } from '../app/routes.ts';
import { useFailureText } from '../i18n/useFailureText.ts';
import { useDesk, useTakesCalls } from '../store/desk.ts';
import { cx } from '../ui/cx.ts';
import { KeyCap } from '../ui/KeyCap.tsx';
import styles from './LineStatus.module.css';
import { SyncState } from './SyncState.tsx';

/** Words, colour and help for the phone and its microphone, the worse of the two first. */
function usePhoneWords(phone: PhoneStatus) {
  const { t } = useTranslation('shell');
  const failureText = useFailureText();
  const silent = phone.microphone !== 'ok' && phone.microphone !== 'unknown';
  const down = phone.state === 'failed' || phone.state === 'connecting';
  const elsewhere = phone.failure?.code === 'phone-elsewhere';
  const words = down
    ? t(elsewhere ? 'phone.elsewhere' : `phone.${phone.state}`)
    : silent
      ? t(`microphone.${phone.microphone}`)
      : (phone.microphoneLabel ?? t(`phone.${phone.state}`));
  const detail = phone.failure
    ? failureText(phone.failure)
    : silent
      ? t(`microphoneHelp.${phone.microphone}`)
      : words;
  const tone = phone.state === 'failed' || silent ? styles.error : down && styles.warn;
  const Icon = silent || down ? IconHeadphonesOff : IconHeadphones;
  return { words, detail, tone, Icon, retry: t(elsewhere ? 'phone.takeBack' : 'phone.retry') };
}

/** The phone's state, and from it the way back to it and to the audio settings. */
function PhoneState({ phone }: { phone: PhoneStatus }) {
  const { t } = useTranslation('shell');
  const run = useRun();
  const { words, detail, tone, Icon, retry } = usePhoneWords(phone);
  return (
    <Menu position="bottom-end" width={300}>
      <Menu.Target>
        <button
          type="button"
          className={cx(styles.status, tone)}
          title={detail}
          data-testid="phone-state"
          data-state={phone.state}
        >
          <Icon size={16} aria-hidden="true" />
          <span className={styles.words}>{words}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label className={styles.detail}>{detail}</Menu.Label>
        {phone.state === 'registered' || phone.state === 'off' ? null : (
          <Menu.Item
            leftSection={<IconRefresh size={14} aria-hidden="true" />}
            data-testid="phone-retry"
            onClick={() => void run('phone.retry', {})}
          >
            {retry}
          </Menu.Item>
        )}
        <Menu.Item
          leftSection={<IconHeadset size={14} aria-hidden="true" />}
          rightSection={<KeyCap keys={keysOf('work.devices')} />}
          data-testid="open-devices"
          onClick={() => goTo('devices')}
        >
          {t('nav.devices')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Microphone and phone where one rings, sync, refused changes: quiet while well, words where something is the matter. */
export function LineStatus() {
  const { t } = useTranslation('shell');
  const phone = useDesk((desk) => desk.phone);
  const sync = useDesk((desk) => desk.sync);
  const connected = useDesk((desk) => desk.connected);
  const takesCalls = useTakesCalls();
  return (
    <div className={styles.line}>
      {sync.refused.length > 0 ? (
        <button
          type="button"
          className={cx(styles.status, styles.error)}
          data-testid="open-refused"
          onClick={() => goTo('outbox')}
        >
          {t('refused.open', { count: sync.refused.length })}
        </button>
      ) : null}
      {connected ? (
        <>
          {takesCalls ? <PhoneState phone={phone} /> : null}
          <SyncState sync={sync} />
        </>
      ) : (
        <span className={cx(styles.status, styles.error)} role="status">
          <IconPlugConnectedX size={16} aria-hidden="true" />
          {t('deskLost')}
        </span>
      )}
    </div>
  );
}
