import { IconKeyboard } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { keysOf } from '../app/hotkeys.ts';
import { HelpButton } from '../features/intervention/OwnHelp.tsx';
import { MessagesButton } from '../features/messages/MessagesButton.tsx';
import { openDialog } from '../store/window.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { Logo } from '../ui/Logo.tsx';
import { LineStatus } from './LineStatus.tsx';
import { NoticeMenu } from './NoticeMenu.tsx';
import { Omnibox } from './Omnibox.tsx';
import { PreferenceMenu } from './PreferenceMenu.tsx';
import styles from './TitleBar.module.css';

export function TitleBar() {
  const { t } = useTranslation('shell');
  return (
    <header className={styles.title} data-region="6">
      <div className={styles.brand}>
        <span className={styles.logo}>
          <Logo />
        </span>
        <span className={styles.name}>Switchboard</span>
      </div>
      <Omnibox />
      <div className={styles.right}>
        <LineStatus />
        <HelpButton />
        <MessagesButton />
        <NoticeMenu />
        <PreferenceMenu />
        <IconButton
          label={t('keyboardMap')}
          icon={<IconKeyboard size={16} aria-hidden="true" />}
          keys={keysOf('work.keys')}
          onClick={() => openDialog('keyboard')}
        />
      </div>
    </header>
  );
}
