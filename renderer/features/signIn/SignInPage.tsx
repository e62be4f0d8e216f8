import { Menu } from '@mantine/core';
import { IconChevronDown, IconLogout, IconMoon, IconSun, IconSunMoon } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRun } from '../../app/bridge.tsx';
import { useShortcut } from '../../app/hotkeys.ts';
import { useFailureText } from '../../i18n/useFailureText.ts';
import { KeyboardMap } from '../../shell/KeyboardMap.tsx';
import { themes } from '../../shell/PreferenceMenu.tsx';
import { Toasts } from '../../shell/Toasts.tsx';
import { useDesk } from '../../store/desk.ts';
import { openDialog, useWindow } from '../../store/window.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { Logo } from '../../ui/Logo.tsx';
import { FirstPassword } from './FirstPassword.tsx';
import { KeyHints } from './KeyHints.tsx';
import { PracticeUsers } from './PracticeUsers.tsx';
import { ReadyCheck } from './ReadyCheck.tsx';
import { SignInForm } from './SignInForm.tsx';
import styles from './SignInPage.module.css';
import { type Credentials, type StartAs, useSignIn } from './useSignIn.ts';

const themeIcons = { light: IconSun, dark: IconMoon, system: IconSunMoon };

function Footer() {
  const { t } = useTranslation('signIn');
  const version = useDesk((desk) => desk.session.version);
  const theme = useDesk((desk) => desk.settings.theme);
  const run = useRun();
  const Icon = themeIcons[theme];
  return (
    <footer className={styles.footer}>
      <span>{t('version', { version })}</span>
      <span className="grow" />
      <Menu position="top-end" width={140}>
        <Menu.Target>
          <Button variant="ghost" size="sm" icon={<Icon size={14} aria-hidden="true" />}>
            {t(`common:theme.${theme}`)}
            <IconChevronDown size={12} aria-hidden="true" />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {themes.map((one) => (
            <Menu.Item key={one} onClick={() => void run('settings.change', { theme: one })}>
              {t(`common:theme.${one}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Button variant="ghost" size="sm" onClick={() => openDialog('keyboard')}>
        {t('shell:keyboardMap')}
      </Button>
    </footer>
  );
}

/** That a supervisor has ended the session, until it was seen. */
function SignedOutBy() {
  const { t } = useTranslation('common');
  const run = useRun();
  const failureText = useFailureText();
  const notice = useDesk((desk) =>
    desk.notices.find(({ failure }) => failure.code === 'signed-out-by'),
  );
  if (!notice) return null;
  return (
    <Banner
      tone="warn"
      icon={<IconLogout size={16} aria-hidden="true" />}
      title={failureText(notice.failure)}
      actions={
        <Button
          size="sm"
          data-testid="signed-out-seen"
          onClick={() => void run('notices.dismiss', { id: notice.id })}
        >
          {t('actions.dismiss')}
        </Button>
      }
    />
  );
}

/** The way in: who you are at the left, practice and the ready check at the right. */
export function SignInPage() {
  const { t } = useTranslation('signIn');
  const [startAs, setStartAs] = useState<StartAs>('break');
  const [first, setFirst] = useState<Credentials | null>(null);
  const practice = useDesk((desk) => desk.session.practice);
  const dialog = useWindow((state) => state.dialog);
  const signIn = useSignIn(startAs);
  useShortcut('work.keys', () => openDialog(dialog === 'keyboard' ? null : 'keyboard'));
  return (
    <div className={styles.page}>
      <div>
        <header className={styles.title}>
          <span className="tone-accent">
            <Logo />
          </span>
          <b className="strong">Switchboard</b>
        </header>
        <SignedOutBy />
      </div>
      <main className={styles.body}>
        <div className={styles.card}>
          {first ? (
            <FirstPassword
              signIn={signIn}
              given={first}
              onBack={() => {
                signIn.clear();
                setFirst(null);
              }}
            />
          ) : (
            <SignInForm
              signIn={signIn}
              startAs={startAs}
              onStartAs={setStartAs}
              onFirst={setFirst}
            />
          )}
          <aside className={styles.side} aria-label={t('side')}>
            {practice && practice.users.length > 0 ? (
              <PracticeUsers users={practice.users} signIn={signIn} />
            ) : (
              <KeyHints />
            )}
            <ReadyCheck />
          </aside>
        </div>
      </main>
      <Footer />
      <KeyboardMap opened={dialog === 'keyboard'} />
      <Toasts />
    </div>
  );
}
