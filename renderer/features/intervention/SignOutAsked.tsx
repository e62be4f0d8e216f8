import { IconLogout } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useRun } from '../../app/bridge.tsx';
import { tell } from '../../store/window.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import type { ActedOn } from './agentDialogs.ts';
import styles from './intervention.module.css';

/** Asks once more before an agent is signed out. */
export function SignOutAsked({ agent, onClose }: { agent: ActedOn | null; onClose: () => void }) {
  const { t } = useTranslation('intervention');
  const run = useRun();

  async function signOut({ id: userId, name }: ActedOn): Promise<void> {
    onClose();
    const done = await run('intervention.signOut', { userId });
    if (!done) return;
    const { sessions, pbx } = done;
    const words =
      sessions === 0 ? t('signOut.none', { name }) : t('signOut.done', { name, count: sessions });
    tell(pbx === 'later' ? `${words} ${t('signOut.later')}` : words);
  }

  return (
    <Dialog
      opened={agent !== null}
      onClose={onClose}
      title={t('signOut.title', { name: agent?.name })}
      width={440}
    >
      <p>{t('signOut.text')}</p>
      <div className={styles.dialogActions}>
        <Button onClick={onClose}>{t('common:actions.cancel')}</Button>
        <Button
          variant="end"
          data-autofocus
          data-testid="sign-out-yes"
          icon={<IconLogout size={16} aria-hidden="true" />}
          onClick={() => agent && void signOut(agent)}
        >
          {t('signOut.do')}
        </Button>
      </div>
    </Dialog>
  );
}
