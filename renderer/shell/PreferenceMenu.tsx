import { Menu } from '@mantine/core';
import { IconCheck, IconSettings } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { languages } from '#shared/domain/text/text.ts';
import { useRun } from '../app/bridge.tsx';
import { useDesk } from '../store/desk.ts';
import { IconButton } from '../ui/IconButton.tsx';

export const themes = ['light', 'dark', 'system'] as const;

/** Language and theme; both take effect at once. */
export function PreferenceMenu() {
  const { t } = useTranslation('shell');
  const settings = useDesk((desk) => desk.settings);
  const run = useRun();
  const mark = (on: boolean) => (on ? <IconCheck size={14} aria-hidden="true" /> : null);
  return (
    <Menu position="bottom-end" width={180}>
      <Menu.Target>
        <IconButton
          label={t('preferences')}
          icon={<IconSettings size={16} aria-hidden="true" />}
          data-testid="preferences"
        />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('language')}</Menu.Label>
        {languages.map((language) => (
          <Menu.Item
            key={language}
            lang={language}
            rightSection={mark(settings.language === language)}
            onClick={() => void run('settings.change', { language })}
          >
            {t(`common:language.${language}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>{t('theme')}</Menu.Label>
        {themes.map((theme) => (
          <Menu.Item
            key={theme}
            rightSection={mark(settings.theme === theme)}
            onClick={() => void run('settings.change', { theme })}
          >
            {t(`common:theme.${theme}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
