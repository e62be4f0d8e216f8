import { IconMessage } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMayDo } from '../../store/desk.ts';
import { Button } from '../../ui/Button.tsx';
import { MessageDialog } from '../messages/MessageDialog.tsx';

/** A button that opens a new message to one, a team or all; nothing where the user may send none. */
export function SendMessage({ size = 'sm' }: { size?: 'sm' | 'md' }) {
  const { t } = useTranslation('messages');
  const may = useMayDo('messages.send');
  const [opened, setOpened] = useState(false);
  if (!may) return null;
  return (
    <>
      <Button
        size={size}
        icon={<IconMessage size={14} aria-hidden="true" />}
        data-testid="new-message"
        onClick={() => setOpened(true)}
      >
        {t('new')}
      </Button>
      <MessageDialog
        to={opened ? { audience: 'all' } : null}
        choosing
        onClose={() => setOpened(false)}
      />
    </>
  );
}
