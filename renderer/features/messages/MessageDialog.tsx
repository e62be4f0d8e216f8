import { useTranslation } from 'react-i18next';
import type { MessageTarget } from '#shared/contract/methods/intervention.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { MessageForm } from './MessageForm.tsx';

/** A new message: to whom it was opened for, or, `choosing`, to whom it is to go. `to` null: closed. */
export function MessageDialog({
  to,
  name = '',
  choosing = false,
  begun = '',
  helpRequestId = null,
  onClose,
}: {
  to: MessageTarget | null;
  /** Of the one it is for. */
  name?: string;
  choosing?: boolean;
  /** What stands there at first. */
  begun?: string;
  helpRequestId?: string | null;
  onClose: () => void;
}) {
  const { t } = useTranslation('messages');
  return (
    <Dialog
      opened={to !== null}
      onClose={onClose}
      title={choosing ? t('new') : `${t('new')} · ${name}`}
      width={480}
    >
      {to ? <MessageForm {...{ to, choosing, begun, helpRequestId }} onDone={onClose} /> : null}
    </Dialog>
  );
}
