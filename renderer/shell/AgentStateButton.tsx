import { Menu } from '@mantine/core';
import {
  IconBellRinging,
  IconChevronUp,
  IconCircleFilled,
  IconCircleHalf2,
  IconCloudOff,
  IconCoffee,
  IconLogout,
  IconPhoneFilled,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgentView } from '#shared/contract/models.ts';
import { type BreakReason, breakReasons } from '#shared/domain/agentState.ts';
import { useRun } from '../app/bridge.tsx';
import { keysOf, useKeys, useShortcut } from '../app/hotkeys.ts';
import { useDesk } from '../store/desk.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { cx } from '../ui/cx.ts';
import { KeyCap } from '../ui/KeyCap.tsx';
import { Timer } from '../ui/Timer.tsx';
import styles from './AgentStateButton.module.css';

const icons = {
  signedOut: IconCloudOff,
  break: IconCoffee,
  ready: IconCircleFilled,
  ringing: IconBellRinging,
  onCall: IconPhoneFilled,
  wrapUp: IconCircleHalf2,
} as const;

function nextWords(agent: AgentView, t: (key: string) => string): string | null {
  if (!agent.next) return null;
  if (agent.next.state === 'ready') return t('common:agentState.ready');
  return t(`common:breakReason.${agent.next.reason ?? 'rest'}`);
}

function useChoices(): { key: string; reason: BreakReason | null }[] {
  const configured = useDesk((desk) => desk.configuration?.breakReasons);
  const reasons = (configured ?? breakReasons).filter((reason) => reason !== 'missed');
  return [
    { key: '1', reason: null },
    ...reasons.map((reason, at) => ({ key: String(at + 2), reason })),
  ];
}

/** The agent's state with its clock; the menu chooses the next one, also in the middle of a call. */
export function AgentStateButton() {
  const { t } = useTranslation('shell');
  const agent = useDesk((desk) => desk.agent);
  const user = useDesk((desk) => desk.session.user);
  const [opened, setOpened] = useState(false);
  const choices = useChoices();
  const run = useRun();

  function rest(reason: BreakReason | null): void {
    setOpened(false);
    void run('agent.rest', reason ? { state: 'break', reason } : { state: 'ready' });
  }

  useShortcut('agent.state', () => setOpened(!opened));
  useKeys(
    choices.map((choice) => choice.key),
    (_event, key) => {
      const choice = choices.find((one) => one.key === key);
      if (choice) rest(choice.reason);
    },
    opened,
  );

  const Icon = icons[agent.state];
  const words = t(`common:agentState.${agent.state}`);
  const reason = agent.state === 'break' && agent.reason && agent.reason !== 'rest';
  const shown = reason ? t(`common:breakReason.${agent.reason}`) : words;
  const next = nextWords(agent, t);
  const busy = agent.state !== 'ready' && agent.state !== 'break';
  return (
    <Menu opened={opened} onChange={setOpened} position="top-start" width={220} offset={6}>
      <Menu.Target>
        <button
          type="button"
          className={styles.me}
          aria-keyshortcuts={keysOf('agent.state')}
          aria-label={t('state.button', { state: shown })}
          title={shown}
          data-testid="agent-state"
          data-state={agent.state}
          data-reason={agent.reason ?? undefined}
        >
          <span className={cx(styles.line, styles[agent.state])}>
            <Icon size={16} aria-hidden="true" />
            <span className={styles.state}>{shown}</span>
            <Timer since={agent.since} className={styles.time} />
            <IconChevronUp size={14} aria-hidden="true" className={styles.chevron} />
          </span>
          <span className={styles.who}>
            <Avatar name={user?.name ?? ''} size={20} />
            <span className="cut">{user?.name}</span>
            <span className={styles.extension}>
              {next
                ? t('state.next', { state: next })
                : user?.extension
                  ? t('extension', { extension: user.extension })
                  : null}
            </span>
          </span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{busy ? t('state.afterThis') : t('state.choose')}</Menu.Label>
        {choices.map((choice) => (
          <Menu.Item
            key={choice.key}
            data-testid={`rest-${choice.reason ?? 'ready'}`}
            leftSection={
              choice.reason ? (
                <IconCoffee size={14} aria-hidden="true" />
              ) : (
                <span className="tone-ok">
                  <IconCircleFilled size={14} aria-hidden="true" />
                </span>
              )
            }
            rightSection={Number(choice.key) < 10 ? <KeyCap keys={choice.key} /> : null}
            onClick={() => rest(choice.reason)}
          >
            {choice.reason
              ? t(`common:breakReason.${choice.reason}`)
              : t('common:agentState.ready')}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconLogout size={14} aria-hidden="true" />}
          data-testid="sign-out"
          onClick={() => void run('session.signOut', {})}
        >
          {t('signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
