import { IconPhoneCall, IconPhoneOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useRun } from '../../app/bridge.tsx';
import { useDesk } from '../../store/desk.ts';
import { Button } from '../../ui/Button.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import styles from './DevicesPage.module.css';
import { LevelBar } from './LevelBar.tsx';

/** Calls the echo of the PBX: microphone, line and speaker in one try. */
export function TestCallBox() {
  const { t } = useTranslation('devices');
  const run = useRun();
  const echoNumber = useDesk((desk) => desk.configuration?.phone.echoNumber ?? null);
  const call = useDesk((desk) =>
    desk.calls.find(({ kind, state }) => kind === 'test' && state !== 'ended'),
  );
  if (echoNumber === null) {
    return (
      <section className={styles.box}>
        <SectionHead title={t('test.title')} />
        <p className="muted">{t('test.absent')}</p>
      </section>
    );
  }
  return (
    <section className={styles.box} data-testid="test-call">
      <SectionHead
        icon={<IconPhoneCall size={16} aria-hidden="true" />}
        title={t('test.title')}
        action={
          call ? (
            <Button
              size="sm"
              icon={<IconPhoneOff size={14} aria-hidden="true" />}
              onClick={() => void run('calls.hangUp', { callId: call.id })}
              data-testid="end-test-call"
            >
              {t('test.end')}
            </Button>
          ) : (
            <Button
              size="sm"
              onClick={() => void run('devices.testCall', {})}
              data-testid="start-test-call"
            >
              {t('test.start')}
            </Button>
          )
        }
      />
      <p className="muted" role="status">
        {call ? t(call.state === 'talking' ? 'test.talking' : 'test.dialling') : t('test.text')}
      </p>
      {call ? (
        <div className={styles.testLevels}>
          <span className="muted">{t('microphone.title')}</span>
          <LevelBar of="input" label={t('microphone.level')} />
          <span className="muted">{t('speaker.title')}</span>
          <LevelBar of="output" label={t('speaker.level')} />
        </div>
      ) : null}
    </section>
  );
}
