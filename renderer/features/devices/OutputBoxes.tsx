import { IconBell, IconHeadphones, IconPlayerPlay } from '@tabler/icons-react';
import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRun } from '../../app/bridge.tsx';
import { Button } from '../../ui/Button.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { DeviceSelect } from './DeviceSelect.tsx';
import styles from './DevicesPage.module.css';
import { LevelBar } from './LevelBar.tsx';
import type { ChosenDevices } from './useDeviceChoice.ts';

function Play({ on }: { on: 'speaker' | 'ringer' }) {
  const { t } = useTranslation('devices');
  const run = useRun();
  return (
    <Button
      size="sm"
      icon={<IconPlayerPlay size={14} aria-hidden="true" />}
      onClick={() => void run('devices.testSound', { on })}
      data-testid={`play-${on}`}
    >
      {t('play')}
    </Button>
  );
}

/** Where callers are heard. */
export function SpeakerBox({ devices }: { devices: ChosenDevices }) {
  const { t } = useTranslation('devices');
  const { choice, list, change } = devices;
  return (
    <section className={styles.box}>
      <SectionHead
        icon={<IconHeadphones size={16} aria-hidden="true" />}
        title={t('speaker.title')}
        action={<Play on="speaker" />}
      />
      <DeviceSelect
        name="speaker"
        label={t('speaker.label')}
        chosen={choice.speaker}
        inUse={list?.inUse.speaker ?? null}
        devices={list?.speakers ?? null}
        onChoose={(speaker) => change({ speaker })}
      />
      <LevelBar of="output" label={t('speaker.level')} />
    </section>
  );
}

/** Where it rings, and how loud. */
export function RingerBox({ devices }: { devices: ChosenDevices }) {
  const { t } = useTranslation('devices');
  const { choice, list, change } = devices;
  return (
    <section className={styles.box}>
      <SectionHead
        icon={<IconBell size={16} aria-hidden="true" />}
        title={t('ringer.title')}
        action={<Play on="ringer" />}
      />
      <DeviceSelect
        name="ringer"
        label={t('ringer.label')}
        chosen={choice.ringer}
        inUse={list?.inUse.ringer ?? null}
        devices={list?.speakers ?? null}
        onChoose={(ringer) => change({ ringer })}
      />
      <Volume value={choice.ringVolume} onChosen={(ringVolume) => change({ ringVolume })} />
    </section>
  );
}

/** Follows the hand while it moves, and is chosen when it lets go. */
function Volume({ value, onChosen }: { value: number; onChosen: (value: number) => void }) {
  const { t } = useTranslation('devices');
  const id = useId();
  const [percent, setPercent] = useState(Math.round(value * 100));
  useEffect(() => setPercent(Math.round(value * 100)), [value]);
  const choose = (): void => {
    if (percent !== Math.round(value * 100)) onChosen(percent / 100);
  };
  return (
    <div className={styles.volume}>
      <label htmlFor={id}>{t('ringer.volume')}</label>
      <input
        id={id}
        type="range"
        min={0}
        max={100}
        step={5}
        value={percent}
        onChange={(event) => setPercent(Number(event.currentTarget.value))}
        onPointerUp={choose}
        onKeyUp={choose}
        onBlur={choose}
        data-testid="ring-volume"
      />
      <output htmlFor={id} className="num">
        {percent} %
      </output>
    </div>
  );
}
