import { Menu } from '@mantine/core';
import {
  IconAddressBook,
  IconArrowBarToRight,
  IconFilter,
  IconFilterOff,
  IconLifebuoy,
  IconUser,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { listenModes } from '#shared/domain/calls/listening.ts';
import type { BoardAgent, BoardCall } from '#shared/sync/board.ts';
import { goTo } from '../../app/routes.ts';
import { useBoard } from '../../store/board.ts';
import { useDesk, useMayDo } from '../../store/desk.ts';
import { KeyCap } from '../../ui/KeyCap.tsx';
import { AgentMenuItems, useMayAct } from '../intervention/AgentMenuItems.tsx';
import { listenIcons } from '../team/listenIcons.ts';
import { canBeHeard } from './agents/AgentGrid.tsx';
import styles from './board.module.css';
import { choose, useChoice } from './boardChoice.ts';
import { type About, closeMenu, lookForHelp, useBoardMenuState } from './boardMenu.ts';
import { useBoardWords } from './boardWords.ts';
import type { Listening } from './useListening.ts';

/** What can be done about the tile or row on which the menu was asked for: the same as beside it. */
export function BoardMenu({ listening }: { listening: Listening }) {
  const { opened, x, y, about } = useBoardMenuState();
  return (
    <Menu
      opened={opened}
      onClose={closeMenu}
      position="bottom-start"
      offset={0}
      width={240}
      // Long as it is, it stays whole on a small screen.
      middlewares={{ flip: false, shift: { crossAxis: true, padding: 8 } }}
    >
      <Menu.Target>
        <span className={styles.menuPlace} style={{ left: x, top: y }} />
      </Menu.Target>
      <Menu.Dropdown className={`scroll ${styles.menu}`} data-testid="board-menu">
        {about ? <ItemsAbout about={about} listening={listening} /> : null}
      </Menu.Dropdown>
    </Menu>
  );
}

function ItemsAbout({ about, listening }: { about: About; listening: Listening }) {
  const agentId = about.kind === 'agent' ? about.agentId : null;
  const agent = useBoard(({ board }) =>
    agentId === null ? undefined : board?.agents.get(agentId),
  );
  const callRef = about.kind === 'call' ? about.callRef : null;
  const call = useBoard(({ board }) => (callRef === null ? undefined : board?.calls.get(callRef)));
  if (about.kind === 'queue') return <QueueItems queueId={about.queueId} />;
  if (agent) return <AgentItems agent={agent} listening={listening} />;
  return call ? <CallItems call={call} listening={listening} /> : null;
}

function ListenItems({ agent, listening }: { agent: BoardAgent; listening: Listening }) {
  const { t } = useTranslation('team');
  const me = useDesk((desk) => desk.session.user?.id);
  const { supervising, listen, takeOver } = listening;
  if (!supervising.may || supervising.obstacle !== null || !canBeHeard(agent, me)) return null;
  return (
    <>
      {listenModes.map((mode) => {
        const Icon = listenIcons[mode];
        return (
          <Menu.Item
            key={mode}
            leftSection={<Icon size={16} aria-hidden="true" />}
            rightSection={<KeyCap keys={mode.slice(0, 1).toUpperCase()} />}
            data-testid={`menu-${mode}`}
            onClick={() => listen(agent.agentId, mode)}
          >
            {t(`listen.${mode}`)}
          </Menu.Item>
        );
      })}
      <Menu.Item
        leftSection={<IconArrowBarToRight size={16} aria-hidden="true" />}
        data-testid="menu-take-over"
        onClick={() => takeOver(agent.agentId)}
      >
        {t('listen.takeOver')}
      </Menu.Item>
      <Menu.Divider />
    </>
  );
}

function AgentItems({ agent, listening }: { agent: BoardAgent; listening: Listening }) {
  const { t } = useTranslation('board');
  const { agentId, name } = agent;
  const mayAct = useMayAct(agent);
  return (
    <>
      <Menu.Label>{name}</Menu.Label>
      <ShowAgent agentId={agentId} words={t('menu.showAgent')} />
      <Menu.Divider />
      <ListenItems agent={agent} listening={listening} />
      {mayAct ? <AgentMenuItems agent={agent} /> : null}
    </>
  );
}

function ShowAgent({ agentId, words }: { agentId: string; words: string }) {
  return (
    <Menu.Item
      leftSection={<IconUser size={16} aria-hidden="true" />}
      data-testid="menu-show-agent"
      onClick={() => choose({ agentId })}
    >
      {words}
    </Menu.Item>
  );
}

function QueueItems({ queueId }: { queueId: string }) {
  const { t } = useTranslation('board');
  const words = useBoardWords();
  const mayHelp = useMayDo('messages.send');
  return (
    <>
      <Menu.Label>{words.queue(queueId)}</Menu.Label>
      <ShowQueue queueId={queueId} />
      {mayHelp ? (
        <Menu.Item
          leftSection={<IconLifebuoy size={16} aria-hidden="true" />}
          data-testid="menu-help-queue"
          onClick={() => lookForHelp(queueId)}
        >
          {t('hands.open')}
        </Menu.Item>
      ) : null}
    </>
  );
}

function ShowQueue({ queueId }: { queueId: string }) {
  const { t } = useTranslation('board');
  const isChosen = useChoice().queueId === queueId;
  const Icon = isChosen ? IconFilterOff : IconFilter;
  return (
    <Menu.Item
      leftSection={<Icon size={16} aria-hidden="true" />}
      data-testid="menu-show-queue"
      onClick={() => choose({ queueId: isChosen ? null : queueId })}
    >
      {t(isChosen ? 'menu.allQueues' : 'menu.onlyQueue')}
    </Menu.Item>
  );
}

function CallItems({ call, listening }: { call: BoardCall; listening: Listening }) {
  const { t } = useTranslation('board');
  const words = useBoardWords();
  const { agentId, queueId, who } = call;
  const agent = useBoard(({ board }) =>
    agentId === null ? undefined : board?.agents.get(agentId),
  );
  return (
    <>
      <Menu.Label>{words.caller(call)}</Menu.Label>
      {who && 'customerId' in who ? (
        <Menu.Item
          leftSection={<IconAddressBook size={16} aria-hidden="true" />}
          data-testid="menu-open-customer"
          onClick={() => goTo('customers', who.customerId)}
        >
          {t('menu.openCustomer')}
        </Menu.Item>
      ) : null}
      {agent ? (
        <ShowAgent agentId={agent.agentId} words={t('menu.showAgentOf', { name: agent.name })} />
      ) : null}
      {queueId === null ? null : <ShowQueue queueId={queueId} />}
      {agent ? (
        <>
          <Menu.Divider />
          <ListenItems agent={agent} listening={listening} />
        </>
      ) : null}
    </>
  );
}
