import { Menu } from '@mantine/core';
import {
  IconCircleFilled,
  IconCoffee,
  IconLogout,
  IconMessage,
  IconTicket,
  IconUsersGroup,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type BreakReason, breakReasons } from '#shared/domain/agents/agentState.ts';
import { useDesk, useMayDo } from '../../store/desk.ts';
import { type ActedOn, askAbout } from './agentDialogs.ts';
import { useAgentDeeds } from './useAgentDeeds.ts';

/** `missed` is the machine's word: nobody sends another there. */
const givenReasons = breakReasons.filter(
  (reason): reason is Exclude<BreakReason, 'missed'> => reason !== 'missed',
);

/** Whether there is anything that this user may do about an agent. */
export function useMayAct(agentId: string): boolean {
  const me = useDesk((desk) => desk.session.user?.id);
  const may = [useMayDo('team.manage'), useMayDo('messages.send'), useMayDo('tickets.manage')];
  return me !== agentId && may.includes(true);
}

/** What a supervisor may do about this agent, as items of a menu. */
export function AgentMenuItems({ agent }: { agent: ActedOn }) {
  const { t } = useTranslation('intervention');
  const { rest } = useAgentDeeds();
  const mayManage = useMayDo('team.manage');
  const mayWrite = useMayDo('messages.send');
  const mayTickets = useMayDo('tickets.manage');
  return (
    <>
      {mayManage ? (
        <>
          <Menu.Label>{t('menu.state')}</Menu.Label>
          <Menu.Item
            leftSection={<IconCircleFilled size={14} aria-hidden="true" />}
            data-testid="set-ready"
            onClick={() => void rest(agent, { state: 'ready' })}
          >
            {t('common:agentState.ready')}
          </Menu.Item>
          {givenReasons.map((reason) => (
            <Menu.Item
              key={reason}
              leftSection={<IconCoffee size={16} aria-hidden="true" />}
              data-testid={`set-break-${reason}`}
              onClick={() => void rest(agent, { state: 'break', reason })}
            >
              {t(`common:breakReason.${reason}`)}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item
            leftSection={<IconUsersGroup size={16} aria-hidden="true" />}
            data-testid="open-queues"
            onClick={() => askAbout('queues', agent)}
          >
            {t('menu.queues')}
          </Menu.Item>
        </>
      ) : null}
      {mayWrite ? (
        <Menu.Item
          leftSection={<IconMessage size={16} aria-hidden="true" />}
          data-testid="open-message"
          onClick={() => askAbout('message', agent)}
        >
          {t('menu.message')}
        </Menu.Item>
      ) : null}
      {mayTickets ? (
        <Menu.Item
          leftSection={<IconTicket size={16} aria-hidden="true" />}
          data-testid="open-tickets"
          onClick={() => askAbout('tickets', agent)}
        >
          {t('menu.tickets')}
        </Menu.Item>
      ) : null}
      {mayManage ? (
        <>
          <Menu.Divider />
          <Menu.Item
            leftSection={<IconLogout size={16} aria-hidden="true" />}
            data-testid="open-sign-out"
            onClick={() => askAbout('signOut', agent)}
          >
            {t('menu.signOut')}
          </Menu.Item>
        </>
      ) : null}
    </>
  );
}
