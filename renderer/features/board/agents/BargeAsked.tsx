import { IconUsersGroup } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import styles from '../board.module.css';

/** Asks once more before both sides of a call hear the supervisor. */
export function BargeAsked({
  name,
  onBarge,
  onClose,
}: {
  /** The agent's; null while nothing is asked. */
  name: string | null;
  onBarge: () => void;
  onClose: () => void;
}) {
  const { t } = useTranslation('board');
  return (
    <Dialog
      opened={name !== null}
      onClose={onClose}
      title={t('bargeAsked.title', { name })}
      width={400}
    >
      <p>{t('bargeAsked.text', { name })}</p>
      <div className={styles.dialogActions}>
        <Button onClick={onClose}>{t('common:actions.cancel')}</Button>
        <Button
          variant="solid"
          data-autofocus
          data-testid="barge-yes"
          icon={<IconUsersGroup size={16} aria-hidden="true" />}
          onClick={() => {
            onBarge();
            onClose();
          }}
        >
          {t('team:listen.barge')}
        </Button>
      </div>
    </Dialog>
  );
}
