import { Menu } from '@mantine/core';
import { IconArrowBarToRight, IconEar } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { listenModes } from '#shared/domain/calls/listening.ts';
import { Button } from '../../ui/Button.tsx';
import type { TeamAgent } from './agentGroups.ts';
import { listenIcons } from './listenIcons.ts';
import styles from './team.module.css';
import type { Supervising } from './useSupervision.ts';

/** What a supervisor can do to the call of this agent: a button on the tile, its ways in a menu. */
export function ListenMenu({
  agent,
  supervising,
  onTakeOver,
}: {
  agent: TeamAgent;
  supervising: Supervising;
  onTakeOver: (agent: TeamAgent) => void;
}) {
  const { t } = useTranslation('team');
  const { listening } = supervising;
  const mine = listening?.userId === agent.userId ? listening : null;
  const Icon = mine ? listenIcons[mine.mode] : IconEar;
  return (
    <Menu position="bottom-start" width={280}>
      <Menu.Target>
        <Button
          size="sm"
          variant={mine ? 'solid' : 'default'}
          className={styles.listen}
          icon={<Icon size={14} aria-hidden="true" />}
          aria-label={t('listen.menu', { name: agent.name })}
          data-testid="listen-menu"
        >
          {mine ? t(`listen.now.${mine.mode}`) : t('listen.open')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {listenModes.map((mode) => {
          const ModeIcon = listenIcons[mode];
          return (
            <Menu.Item
              key={mode}
              disabled={mine?.mode === mode}
              leftSection={<ModeIcon size={16} aria-hidden="true" />}
              onClick={() => supervising.listen(agent.userId, mode)}
              data-testid={`listen-${mode}`}
            >
              {t(`listen.${mode}`)}
              <span className={styles.hint}>{t(`listen.hint.${mode}`)}</span>
            </Menu.Item>
          );
        })}
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconArrowBarToRight size={16} aria-hidden="true" />}
          onClick={() => onTakeOver(agent)}
          data-testid="take-over"
        >
          {t('listen.takeOver')}
          <span className={styles.hint}>{t('listen.hint.takeOver')}</span>
        </Menu.Item>
        {mine ? (
          <Menu.Item onClick={supervising.stop} data-testid="listen-stop">
            {t('listen.stop')}
          </Menu.Item>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
}
