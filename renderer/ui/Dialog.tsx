import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** A dialog in front of the page. It begins in what has `data-autofocus`, and gives the focus back when it closes. */
export function Dialog({
  opened,
  onClose,
  title,
  width,
  closeName,
  children,
}: {
  opened: boolean;
  onClose: () => void;
  title: ReactNode;
  /** At the most, px. */
  width: number;
  /** What the button in its corner does, where it does not just close. */
  closeName?: string | undefined;
  children: ReactNode;
}) {
  const { t } = useTranslation('common');
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      size={width}
      closeButtonProps={{ 'aria-label': closeName ?? t('actions.close') }}
    >
      {children}
    </Modal>
  );
}
