import { Modal } from '@mantine/core';
import { IconPhone } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useDial } from '../app/useDial.ts';
import { clearDialAsked, useCallInBar, useDesk, useTakesCalls } from '../store/desk.ts';
import { Button } from '../ui/Button.tsx';
import styles from './DialAsked.module.css';

/** A link or another program asks to dial: the agent decides, nothing is dialled by itself. */
export function DialAsked() {
  const { t } = useTranslation('shell');
  const number = useDesk((desk) => desk.dialAsked);
  const call = useCallInBar();
  const dial = useDial();
  const takesCalls = useTakesCalls();
  // A call that rings or is being dialled is settled first; one that is up is held meanwhile.
  const inCall = call !== null && (call.state === 'talking' || call.state === 'held');
  const busy = call !== null && call.state !== 'ended' && !inCall;
  return (
    <Modal
      opened={number !== null}
      onClose={clearDialAsked}
      title={t('dialAsked.title')}
      size={400}
      closeButtonProps={{ 'aria-label': t('common:actions.close') }}
    >
      <p className={styles.number}>{number}</p>
      {takesCalls ? null : <p className="tone-warn">{t('dialAsked.noPhone')}</p>}
      {busy ? <p className="tone-warn">{t('dialAsked.busy')}</p> : null}
      {inCall && !busy ? <p className="muted">{t('dialAsked.holds')}</p> : null}
      <div className={styles.actions}>
        <Button onClick={clearDialAsked} data-autofocus={takesCalls ? undefined : true}>
          {t(takesCalls ? 'common:actions.cancel' : 'common:actions.close')}
        </Button>
        {busy || !takesCalls ? null : (
          <Button
            variant="solid"
            data-autofocus
            icon={<IconPhone size={16} aria-hidden="true" />}
            onClick={() => {
              if (number) void dial(number, null);
              clearDialAsked();
            }}
          >
            {t('common:actions.call')}
          </Button>
        )}
      </div>
    </Modal>
  );
}
