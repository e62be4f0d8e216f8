import { IconPhone } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useDial } from '../../app/useDial.ts';
import { useCallInBar, useTakesCalls } from '../../store/desk.ts';
import styles from './DialNumber.module.css';

/** A number that is dialled by a press; plain text for those who take no calls. */
export function DialNumber({
  number,
  display = number,
  customerId,
}: {
  /** As it is dialled. */
  number: string;
  display?: string;
  customerId: string | null;
}) {
  const { t } = useTranslation('tasks');
  const dial = useDial();
  const busy = useCallInBar() !== null;
  const mayCall = useTakesCalls();
  if (!mayCall) return display;
  return (
    <button
      type="button"
      className={styles.number}
      disabled={busy}
      aria-label={t('callWho', { who: display })}
      data-testid="dial-number"
      onClick={() => void dial(number, customerId)}
    >
      <IconPhone size={14} aria-hidden="true" />
      <span className="cut">{display}</span>
    </button>
  );
}
