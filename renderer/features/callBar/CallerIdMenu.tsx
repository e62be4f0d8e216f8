import { Menu } from '@mantine/core';
import { IconCheck, IconChevronDown, IconId } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useRun } from '../../app/bridge.tsx';
import { useFormat } from '../../i18n/useFormat.ts';
import { useDesk } from '../../store/desk.ts';
import styles from './DialField.module.css';

/** Which number the called side sees; remembered on this desk. Only where the centre gives a choice. */
export function CallerIdMenu() {
  const { t } = useTranslation('callBar');
  const format = useFormat();
  const run = useRun();
  const callerIds = useDesk((desk) => desk.configuration?.phone.callerIds) ?? [];
  const wanted = useDesk((desk) => desk.settings.callerId ?? null);
  if (callerIds.length < 2) return null;
  const chosen = callerIds.find(({ number }) => number === wanted) ?? callerIds[0];
  const name = chosen ? format.text(chosen.name) : '';
  return (
    <Menu position="bottom-start" width={260}>
      <Menu.Target>
        <button
          type="button"
          className={styles.callerId}
          aria-label={t('callerId.button', { name })}
          title={t('callerId.button', { name })}
          data-testid="caller-id"
        >
          <IconId size={16} aria-hidden="true" />
          <span className={styles.callerIdName}>{name}</span>
          <IconChevronDown size={12} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('callerId.title')}</Menu.Label>
        {callerIds.map((one) => (
          <Menu.Item
            key={one.number}
            data-testid="caller-id-choice"
            rightSection={one === chosen ? <IconCheck size={14} aria-hidden="true" /> : null}
            onClick={() => void run('settings.change', { callerId: one.number })}
          >
            {format.text(one.name)}
            <span className="small"> {one.number}</span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
