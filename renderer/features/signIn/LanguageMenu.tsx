import { Menu } from '@mantine/core';
import { IconChevronDown, IconLanguage } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { languages } from '#shared/domain/text/text.ts';
import { useRun } from '../../app/bridge.tsx';
import { useDesk } from '../../store/desk.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './SignInPage.module.css';

/** Each language under its own name; the switch needs no restart. */
export function LanguageMenu() {
  const { t } = useTranslation('common');
  const language = useDesk((desk) => desk.settings.language);
  const run = useRun();
  return (
    <Menu position="bottom-end" width={140}>
      <Menu.Target>
        <Button
          size="sm"
          className={styles.language}
          icon={<IconLanguage size={14} aria-hidden="true" />}
          data-testid="language"
        >
          {t(`language.${language}`)}
          <IconChevronDown size={12} aria-hidden="true" />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {languages.map((one) => (
          <Menu.Item
            key={one}
            lang={one}
            onClick={() => void run('settings.change', { language: one })}
          >
            {t(`language.${one}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
