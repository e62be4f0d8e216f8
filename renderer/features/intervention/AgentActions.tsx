import { Menu } from '@mantine/core';
import { IconSettings } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { BoardAgent } from '#shared/sync/board.ts';
import { Button } from '../../ui/Button.tsx';
import { AgentMenuItems, useMayAct } from './AgentMenuItems.tsx';

/** What a supervisor may do about this agent: a button and its menu; nothing where it is nothing. */
export function AgentActions({ agent }: { agent: BoardAgent }) {
  const { t } = useTranslation('intervention');
  const may = useMayAct(agent);
  if (!may) return null;
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <Button
          size="sm"
          icon={<IconSettings size={14} aria-hidden="true" />}
          aria-label={t('menu.label', { name: agent.name })}
          data-testid="agent-actions"
        >
          {t('menu.open')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <AgentMenuItems agent={agent} />
      </Menu.Dropdown>
    </Menu>
  );
}
