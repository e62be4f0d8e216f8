import { IconArrowBarToRight, IconEarOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listenModes } from '#shared/domain/calls/listening.ts';
import { keysOf, useShortcut } from '../../app/hotkeys.ts';
import { Button } from '../../ui/Button.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Timer } from '../../ui/Timer.tsx';
import { listenIcons } from './listenIcons.ts';
import { TakeOverAsked } from './TakeOverAsked.tsx';
import styles from './team.module.css';
import { useSupervision } from './useSupervision.ts';

/** Stands in the call bar while this desk listens to a colleague: who, how, and the way out. It is no call. */
export function ListeningBar() {
  const { t } = useTranslation('team');
  const supervising = useSupervision();
  const [asking, setAsking] = useState(false);
  const { listening } = supervising;
  const isOn = listening?.state === 'on';
  useShortcut('call.end', supervising.stop, listening !== null);
  if (!listening) return null;
  const { userId, name, mode, since } = listening;
  const Icon = listenIcons[mode];
  return (
    <>
      <span className={`${styles.circle} tone-accent`} aria-hidden="true">
        <Icon size={20} />
      </span>
      <div className={styles.who} data-testid="listening-bar" data-mode={mode} role="status">
        <span className={styles.whoName}>{t(`bar.${mode}`, { name })}</span>
        <span className="muted">{isOn ? t(`listen.hint.${mode}`) : t('bar.ringing')}</span>
      </div>
      {isOn ? <Timer since={since} className={styles.barClock} /> : null}
      <div className={styles.barActions}>
        {isOn ? (
          <>
            <Segmented
              label={t('bar.modes')}
              value={mode}
              options={listenModes.map((one) => ({ value: one, label: t(`listen.${one}`) }))}
              onChange={(next) => supervising.listen(userId, next)}
            />
            <Button
              size="lg"
              icon={<IconArrowBarToRight size={16} aria-hidden="true" />}
              onClick={() => setAsking(true)}
            >
              {t('listen.takeOver')}
            </Button>
          </>
        ) : null}
        <Button
          size="lg"
          variant="end"
          keys={keysOf('call.end')}
          icon={<IconEarOff size={16} aria-hidden="true" />}
          onClick={supervising.stop}
          data-testid="listening-stop"
        >
          {t('listen.stop')}
        </Button>
      </div>
      <TakeOverAsked
        name={asking ? name : null}
        onTakeOver={() => supervising.takeOver(userId)}
        onClose={() => setAsking(false)}
      />
    </>
  );
}
