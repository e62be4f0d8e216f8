import { Menu } from '@mantine/core';
import {
  IconAlertTriangle,
  IconChevronUp,
  IconCircleFilled,
  IconCoffee,
  IconLock,
  IconLogout,
  IconSend,
  IconUserCircle,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgentView } from '#shared/contract/models/desk.ts';
import { type BreakReason, breakReasons, type Resting } from '#shared/domain/agents/agentState.ts';
import { useRun } from '../app/bridge.tsx';
import { keysOf, useKeys, useShortcut } from '../app/hotkeys.ts';
import { useDesk, useTakesCalls } from '../store/desk.ts';
import { openDialog } from '../store/window.ts';
import { AgentStateIcon } from '../ui/AgentStateIcon.tsx';
import { Avatar } from '../ui/Avatar.tsx';
import { BreakLeft } from '../ui/BreakLeft.tsx';
import { cx } from '../ui/cx.ts';
import { KeyCap } from '../ui/KeyCap.tsx';
import { Timer } from '../ui/Timer.tsx';
import styles from './AgentStateButton.module.css';

type Words = (key: string, values: Record<string, unknown>) => string;

function nextWords(agent: AgentView, t: Words): string | null {
  if (!agent.next) return null;
  if (agent.next.state === 'ready') return t('common:agentState.ready', {});
  return t(`common:breakReason.${agent.next.reason ?? 'rest'}`, {});
}

function stateWords({ state, reason }: AgentView, t: Words): string {
  const isNamed = state === 'break' && reason !== null && reason !== 'rest';
  return t(isNamed ? `common:breakReason.${reason}` : `common:agentState.${state}`, {});
}

/** What the phone system holds of this agent, where that is not what was chosen here. */
function pbxWords(agent: AgentView, t: Words): string | null {
  if (!agent.pbx) return null;
  const known = breakReasons.find((reason) => reason === agent.pbx?.reason);
  const reason = known ? t(`common:breakReason.${known}`, {}) : agent.pbx.reason;
  const shown = agent.pbx.paused
    ? [t('state.pbxPaused', {}), reason].filter(Boolean).join(', ')
    : t('state.pbxReady', {});
  return t('state.pbxShows', { state: shown });
}

/** The state to send again: only what the agent rests in now can be told. */
function restingOf(agent: AgentView): Resting | null {
  if (agent.state === 'ready') return { state: 'ready' };
  if (agent.state === 'break') return { state: 'break', reason: agent.reason ?? 'rest' };
  return null;
}

function useChoices(): { key: string; reason: BreakReason | null }[] {
  const configured = useDesk((desk) => desk.configuration?.breakReasons);
  const reasons = (configured ?? breakReasons).filter((reason) => reason !== 'missed');
  return [
    { key: '1', reason: null },
    ...reasons.map((reason, at) => ({ key: String(at + 2), reason })),
  ];
}

/** The state with its clock, and whether the phone system shows another one. */
function StateLine({
  agent,
  shown,
  differs,
}: {
  agent: AgentView;
  shown: string;
  differs: string | null;
}) {
  return (
    <span className={cx(styles.line, styles[agent.state])}>
      <AgentStateIcon state={agent.state} />
      <span className={styles.state}>{shown}</span>
      {agent.state === 'break' && agent.breakEndsAt !== null ? (
        <BreakLeft endsAt={agent.breakEndsAt} bare className={styles.time} />
      ) : (
        <Timer since={agent.since} className={styles.time} />
      )}
      {differs ? (
        <span className="tone-warn" title={differs}>
          <IconAlertTriangle size={14} aria-hidden="true" />
        </span>
      ) : null}
      <IconChevronUp size={14} aria-hidden="true" className={styles.chevron} />
    </span>
  );
}

/**
 * The agent's state with its clock; the menu chooses the next one, also in the middle of a call. Who takes no calls has
 * no state to choose.
 */
export function AgentStateButton() {
  const { t } = useTranslation('shell');
  const agent = useDesk((desk) => desk.agent);
  const user = useDesk((desk) => desk.session.user);
  const [opened, setOpened] = useState(false);
  const takesCalls = useTakesCalls();
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
    opened && takesCalls,
  );

  const differs = pbxWords(agent, t);
  const again = restingOf(agent);
  const shown = takesCalls ? stateWords(agent, t) : t('state.noCalls');
  const next = nextWords(agent, t);
  const busy = agent.state !== 'ready' && agent.state !== 'break';
  return (
    <Menu opened={opened} onChange={setOpened} position="top-start" width={240} offset={6}>
      <Menu.Target>
        <button
          type="button"
          className={styles.me}
          aria-keyshortcuts={keysOf('agent.state')}
          aria-label={t('state.button', { state: shown })}
          title={differs ?? shown}
          data-testid="agent-state"
          data-state={agent.state}
          data-reason={agent.reason ?? undefined}
        >
          {takesCalls ? (
            <StateLine agent={agent} shown={shown} differs={differs} />
          ) : (
            <span className={cx(styles.line, 'muted')}>
              <IconUserCircle size={16} aria-hidden="true" />
              <span className={styles.state}>{shown}</span>
              <IconChevronUp size={14} aria-hidden="true" className={styles.chevron} />
            </span>
          )}
          {differs ? (
            <span className={styles.pbx} role="status">
              {differs}
            </span>
          ) : null}
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
        {differs ? (
          <>
            <Menu.Label className={styles.differs} data-testid="pbx-differs">
              {differs}
            </Menu.Label>
            {again ? (
              <Menu.Item
                leftSection={<IconSend size={14} aria-hidden="true" />}
                data-testid="pbx-send-again"
                onClick={() => void run('agent.rest', again)}
              >
                {t('state.sendAgain')}
              </Menu.Item>
            ) : null}
            <Menu.Divider />
          </>
        ) : null}
        {takesCalls ? (
          <>
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
          </>
        ) : (
          <Menu.Label>{t('state.account')}</Menu.Label>
        )}
        <Menu.Item
          leftSection={<IconLock size={14} aria-hidden="true" />}
          data-testid="open-change-password"
          onClick={() => openDialog('password')}
        >
          {t('changePassword')}
        </Menu.Item>
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
