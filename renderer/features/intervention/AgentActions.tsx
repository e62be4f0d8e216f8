import { Menu } from '@mantine/core';
import {
  IconCircleFilled,
  IconCoffee,
  IconLogout,
  IconMessage,
  IconSettings,
  IconTicket,
  IconUsersGroup,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type BreakReason, breakReasons } from '#shared/domain/agents/agentState.ts';
import type { WantedRest } from '#shared/sync/intervention.ts';
import { useRun } from '../../app/bridge.tsx';
import { useDesk, useMayDo } from '../../store/desk.ts';
import { tell } from '../../store/window.ts';
import { Button } from '../../ui/Button.tsx';
import { MessageDialog } from '../messages/MessageDialog.tsx';
import { AgentTickets } from './AgentTickets.tsx';
import { QueuesDialog } from './QueuesDialog.tsx';
import { SignOutAsked } from './SignOutAsked.tsx';

export interface ActedOn {
  id: string;
  name: string;
}

type Dialog = 'queues' | 'message' | 'tickets' | 'signOut';

/** `missed` is the machine's word: nobody sends another there. */
const givenReasons = breakReasons.filter(
  (reason): reason is Exclude<BreakReason, 'missed'> => reason !== 'missed',
);

/** What a supervisor may do about this agent: a button and its menu; nothing where it is nothing. */
export function AgentActions({ agent }: { agent: ActedOn }) {
  const { t } = useTranslation('intervention');
  const run = useRun();
  const me = useDesk((desk) => desk.session.user?.id);
  const mayManage = useMayDo('team.manage');
  const mayWrite = useMayDo('messages.send');
  const mayTickets = useMayDo('tickets.manage');
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const { id: userId, name } = agent;
  const close = () => setDialog(null);

  async function rest(wanted: WantedRest): Promise<void> {
    const done = await run('intervention.setState', { userId, rest: wanted });
    if (!done) return;
    const state =
      wanted.state === 'ready'
        ? t('common:agentState.ready')
        : t(`common:breakReason.${wanted.reason}`);
    tell(t(`state.${done.effect}`, { name, state }));
  }

  if (me === userId || !(mayManage || mayWrite || mayTickets)) return null;
  return (
    <>
      <Menu position="bottom-end" width={240}>
        <Menu.Target>
          <Button
            size="sm"
            icon={<IconSettings size={14} aria-hidden="true" />}
            aria-label={t('menu.label', { name })}
            data-testid="agent-actions"
          >
            {t('menu.open')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {mayManage ? (
            <>
              <Menu.Label>{t('menu.state')}</Menu.Label>
              <Menu.Item
                leftSection={<IconCircleFilled size={14} aria-hidden="true" />}
                data-testid="set-ready"
                onClick={() => void rest({ state: 'ready' })}
              >
                {t('common:agentState.ready')}
              </Menu.Item>
              {givenReasons.map((reason) => (
                <Menu.Item
                  key={reason}
                  leftSection={<IconCoffee size={16} aria-hidden="true" />}
                  data-testid={`set-break-${reason}`}
                  onClick={() => void rest({ state: 'break', reason })}
                >
                  {t(`common:breakReason.${reason}`)}
                </Menu.Item>
              ))}
              <Menu.Divider />
              <Menu.Item
                leftSection={<IconUsersGroup size={16} aria-hidden="true" />}
                data-testid="open-queues"
                onClick={() => setDialog('queues')}
              >
                {t('menu.queues')}
              </Menu.Item>
            </>
          ) : null}
          {mayWrite ? (
            <Menu.Item
              leftSection={<IconMessage size={16} aria-hidden="true" />}
              data-testid="open-message"
              onClick={() => setDialog('message')}
            >
              {t('menu.message')}
            </Menu.Item>
          ) : null}
          {mayTickets ? (
            <Menu.Item
              leftSection={<IconTicket size={16} aria-hidden="true" />}
              data-testid="open-tickets"
              onClick={() => setDialog('tickets')}
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
                onClick={() => setDialog('signOut')}
              >
                {t('menu.signOut')}
              </Menu.Item>
            </>
          ) : null}
        </Menu.Dropdown>
      </Menu>
      <QueuesDialog agent={dialog === 'queues' ? agent : null} onClose={close} />
      <MessageDialog
        to={dialog === 'message' ? { audience: 'one', userId } : null}
        name={name}
        onClose={close}
      />
      <AgentTickets agent={dialog === 'tickets' ? agent : null} onClose={close} />
      <SignOutAsked agent={dialog === 'signOut' ? agent : null} onClose={close} />
    </>
  );
}
