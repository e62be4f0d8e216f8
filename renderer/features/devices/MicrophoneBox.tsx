import { Checkbox } from '@mantine/core';
import { IconMicrophone } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFailureText } from '../../i18n/useFailureText.ts';
import { useDesk } from '../../store/desk.ts';
import { Banner } from '../../ui/Banner.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { DeviceSelect } from './DeviceSelect.tsx';
import styles from './DevicesPage.module.css';
import { LevelBar } from './LevelBar.tsx';
import type { ChosenDevices } from './useDeviceChoice.ts';

const treatments = ['echoCancellation', 'noiseSuppression', 'autoGain'] as const;

export function MicrophoneBox({ devices }: { devices: ChosenDevices }) {
  const { t } = useTranslation('devices');
  const failureText = useFailureText();
  const state = useDesk((desk) => desk.phone.microphone);
  const { choice, list, change } = devices;
  const isTrouble = state !== 'ok' && state !== 'unknown';
  return (
    <section className={styles.box}>
      <SectionHead
        icon={<IconMicrophone size={16} aria-hidden="true" />}
        title={t('microphone.title')}
      />
      {isTrouble ? <Banner title={failureText({ code: `microphone-${state}` })} /> : null}
      <DeviceSelect
        name="microphone"
        label={t('microphone.label')}
        chosen={choice.microphone}
        inUse={list?.inUse.microphone ?? null}
        devices={list?.microphones ?? null}
        onChoose={(microphone) => change({ microphone })}
      />
      <LevelBar of="input" label={t('microphone.level')} />
      <fieldset className={styles.treatments}>
        <legend>{t('microphone.treatment')}</legend>
        {treatments.map((treatment) => (
          <Checkbox
            key={treatment}
            size="xs"
            label={t(`microphone.${treatment}`)}
            checked={choice[treatment]}
            onChange={(event) => change({ [treatment]: event.currentTarget.checked })}
          />
        ))}
      </fieldset>
    </section>
  );
}
