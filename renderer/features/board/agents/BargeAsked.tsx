import { Modal } from '@mantine/core';
import { IconUsersGroup } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/Button.tsx';
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
    <Modal
      opened={name !== null}
      onClose={onClose}
      title={t('bargeAsked.title', { name })}
      size={400}
      closeButtonProps={{ 'aria-label': t('common:actions.close') }}
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
    </Modal>
  );
}
