import { IconArrowBarToRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import styles from './team.module.css';

/** Asks once more before a caller is led away from an agent. */
export function TakeOverAsked({
  name,
  onTakeOver,
  onClose,
}: {
  /** The agent's; null while nothing is asked. */
  name: string | null;
  onTakeOver: () => void;
  onClose: () => void;
}) {
  const { t } = useTranslation('team');
  return (
    <Dialog
      opened={name !== null}
      onClose={onClose}
      title={t('takeOver.title', { name })}
      width={400}
    >
      <p>{t('takeOver.text', { name })}</p>
      <div className={styles.dialogActions}>
        <Button onClick={onClose}>{t('common:actions.cancel')}</Button>
        <Button
          variant="solid"
          data-autofocus
          data-testid="take-over-yes"
          icon={<IconArrowBarToRight size={16} aria-hidden="true" />}
          onClick={() => {
            onTakeOver();
            onClose();
          }}
        >
          {t('listen.takeOver')}
        </Button>
      </div>
    </Dialog>
  );
}
