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
import type { BoardAgent } from '#shared/sync/board.ts';
import { useDesk, useMayDo } from '../../store/desk.ts';
import { type ActedOn, askAbout } from './agentDialogs.ts';
import { mayMove } from './mayMove.ts';
import { useAgentDeeds } from './useAgentDeeds.ts';

/** `missed` is the machine's word: nobody sends another there. */
const givenReasons = breakReasons.filter(
  (reason): reason is Exclude<BreakReason, 'missed'> => reason !== 'missed',
);

/** What this user may do about somebody on the board: move them, write to them, see to their tickets. */
interface Scope {
  move: boolean;
  write: boolean;
  tickets: boolean;
}

function useScope(agent: BoardAgent): Scope {
  const me = useDesk((desk) => desk.session.user);
  const write = useMayDo('messages.send');
  const tickets = useMayDo('tickets.manage');
  const isOther = me !== null && me.id !== agent.agentId;
  return { move: mayMove(me, agent), write: isOther && write, tickets: isOther && tickets };
}

/** Whether there is anything that this user may do about an agent. */
export function useMayAct(agent: BoardAgent): boolean {
  return Object.values(useScope(agent)).includes(true);
}

/** What a supervisor may do about this agent, as items of a menu. */
export function AgentMenuItems({ agent: shown }: { agent: BoardAgent }) {
  const { t } = useTranslation('intervention');
  const { rest } = useAgentDeeds();
  const may = useScope(shown);
  const agent: ActedOn = { id: shown.agentId, name: shown.name };
  return (
    <>
      {may.move ? (
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
      {may.write ? (
        <Menu.Item
          leftSection={<IconMessage size={16} aria-hidden="true" />}
          data-testid="open-message"
          onClick={() => askAbout('message', agent)}
        >
          {t('menu.message')}
        </Menu.Item>
      ) : null}
      {may.tickets ? (
        <Menu.Item
          leftSection={<IconTicket size={16} aria-hidden="true" />}
          data-testid="open-tickets"
          onClick={() => askAbout('tickets', agent)}
        >
          {t('menu.tickets')}
        </Menu.Item>
      ) : null}
      {may.move ? (
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
