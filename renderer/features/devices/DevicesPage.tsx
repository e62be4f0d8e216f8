import { useTranslation } from 'react-i18next';
import { useDesk, useTakesCalls } from '../../store/desk.ts';
import { cx } from '../../ui/cx.ts';
import styles from './DevicesPage.module.css';
import { HeadsetBox } from './HeadsetBox.tsx';
import { MicrophoneBox } from './MicrophoneBox.tsx';
import { RingerBox, SpeakerBox } from './OutputBoxes.tsx';
import { TestCallBox } from './TestCallBox.tsx';
import { useDeviceChoice } from './useDeviceChoice.ts';
import { useMeter } from './useLevels.ts';

/** Microphone, speaker, ringer and headset of this desk, and the ways to try them. */
export function DevicesPage() {
  const { t } = useTranslation('devices');
  const devices = useDeviceChoice();
  const mayCall = useTakesCalls();
  useMeter(
    useDesk((desk) => desk.phone.microphone),
    devices.list,
  );
  return (
    <div className={styles.page} data-region="3" data-testid="devices-page">
      <header className={styles.header}>
        <h1>{t('title')}</h1>
      </header>
      <div className={cx(styles.body, 'scroll')}>
        <div className={styles.boxes}>
          <MicrophoneBox devices={devices} />
          <SpeakerBox devices={devices} />
          <RingerBox devices={devices} />
          <HeadsetBox name={devices.list?.headset ?? null} />
          {mayCall ? <TestCallBox /> : null}
        </div>
      </div>
    </div>
  );
}
