import { useTranslation } from 'react-i18next';
import { useNow } from '../../ui/clock.ts';
import { cx } from '../../ui/cx.ts';
import { Timer } from '../../ui/Timer.tsx';
import styles from './LineState.module.css';
import { useSinceSeen } from './sinceSeen.ts';

/** A pause for a card number should be over by now. */
const longPauseMs = 60_000;

/** Whether the call is being recorded; a pause counts its time in the same place. */
export function RecordingMark({ recording }: { recording: 'on' | 'paused' }) {
  const { t } = useTranslation('callBar');
  const since = useSinceSeen(recording);
  const now = useNow();
  const paused = recording === 'paused';
  const long = paused && now - since >= longPauseMs;
  return (
    <span
      className={cx(styles.recording, paused && styles.paused, long && styles.long)}
      data-testid="recording"
      data-state={recording}
    >
      <i aria-hidden="true" />
      {t(`recording.${recording}`)}
      {paused ? <Timer since={since} /> : null}
    </span>
  );
}
