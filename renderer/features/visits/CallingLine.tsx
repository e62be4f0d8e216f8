import { IconClock, IconPhone, IconPhoneOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Calling } from '#shared/contract/methods/tasks.ts';
import { clockOfMinute } from '#shared/domain/calls/callHours.ts';
import { useDial } from '../../app/useDial.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useCallInBar, useTakesCalls } from '../../store/desk.ts';
import { Button } from '../../ui/Button.tsx';
import { useNow } from '../../ui/clock.ts';
import styles from './visits.module.css';

/** When the customer likes to be called, in words; null where no hours are known. */
function useHours(calling: Calling): string | null {
  const { t } = useTranslation('visits');
  const format = useFormat();
  const now = useNow();
  if (calling.doNotCall) return t('calling.doNotCall');
  if (calling.callHours === null) return null;
  const { from, to, days } = calling.callHours;
  const hours = `${clockOfMinute(from)}–${clockOfMinute(to)}`;
  const names = days.map((day) => t(`calling.days.${day}`)).join(t('fields:comma'));
  const liked = days.length === 0 ? hours : `${names} ${hours}`;
  return t('calling.likes', { hours: liked, now: format.time(now) });
}

/** The number to call, by one press, and when the customer likes that. */
export function CallingLine({
  calling,
  customerId,
  onDialled,
}: {
  calling: Calling;
  customerId: string | null;
  onDialled?: (callId: string) => void;
}) {
  const { t } = useTranslation('visits');
  const dial = useDial();
  const busy = useCallInBar() !== null;
  const mayCall = useTakesCalls();
  const hours = useHours(calling);
  const { number, asks } = calling;
  const start = async (raw: string) => {
    const call = await dial(raw, customerId);
    if (call) onDialled?.(call.id);
  };
  return (
    <div className={styles.facts}>
      {number ? (
        <p className={styles.actions}>
          {mayCall ? (
            <Button
              icon={<IconPhone size={16} aria-hidden="true" />}
              disabled={busy}
              data-testid="visit-dial"
              onClick={() => void start(number.raw)}
            >
              {number.display}
            </Button>
          ) : (
            <span>{number.display}</span>
          )}
        </p>
      ) : (
        <p className="muted">{t('calling.noNumber')}</p>
      )}
      {hours ? (
        <p className={styles.actions} data-testid="calling-hours" data-asks={asks ?? ''}>
          {calling.doNotCall ? (
            <IconPhoneOff size={16} aria-hidden="true" />
          ) : (
            <IconClock size={16} aria-hidden="true" />
          )}
          <span>{hours}</span>
        </p>
      ) : null}
    </div>
  );
}
