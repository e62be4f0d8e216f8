import {
  IconAlertTriangle,
  IconCircleFilled,
  IconCircleHalf2,
  IconCoffee,
  IconLogout,
  IconPhoneFilled,
  IconPhoneRinging,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { breakReasons } from '#shared/domain/agents/agentState.ts';
import { formatClock } from '../../i18n/format.ts';
import { useDesk } from '../../store/desk.ts';
import { useNow } from '../../ui/clock.ts';
import { useConfiguredNames } from '../journal/JournalRow.tsx';
import { type AgentGroup, minutesOver, type TeamAgent } from './agentGroups.ts';
import { ListenMenu } from './ListenMenu.tsx';
import { TakeOverAsked } from './TakeOverAsked.tsx';
import styles from './team.module.css';
import { type Supervising, useSupervision } from './useSupervision.ts';

const icons = {
  onCall: IconPhoneFilled,
  ringing: IconPhoneRinging,
  wrapUp: IconCircleHalf2,
  ready: IconCircleFilled,
  break: IconCoffee,
  signedOut: IconLogout,
};

/** Queue and customer of the current call, or why the agent is away. */
function useDoing(): (agent: TeamAgent) => string {
  const { t } = useTranslation(['team', 'fields']);
  const names = useConfiguredNames();
  return (agent) => {
    const reason = breakReasons.find((one) => one === agent.reason);
    if (agent.state === 'break' && reason) return t(`common:breakReason.${reason}`);
    const inCall = agent.state === 'onCall' || agent.state === 'ringing';
    const customer = agent.customerName ?? (inCall ? t('fields:unknownCaller') : null);
    const parts = [names.queue(agent.queueId), customer].filter((part) => part !== null);
    if (parts.length > 0) return parts.join(' · ');
    return agent.extension ? t('extension', { extension: agent.extension }) : '';
  };
}

function AgentTile({
  agent,
  supervising,
  onTakeOver,
}: {
  agent: TeamAgent;
  supervising: Supervising;
  onTakeOver: (agent: TeamAgent) => void;
}) {
  const { t } = useTranslation('team');
  const me = useDesk((desk) => desk.session.user?.id);
  const canListen =
    supervising.may &&
    supervising.obstacle === null &&
    agent.state === 'onCall' &&
    agent.extension !== null &&
    agent.userId !== me;
  const now = useNow();
  const doing = useDoing()(agent);
  const over = minutesOver(agent, now);
  const overWords = over === null ? undefined : t('over', { minutes: over });
  return (
    <li
      className={styles.tile}
      data-testid="agent-tile"
      data-state={agent.state}
      data-over={over !== null}
      data-listening={supervising.listening?.userId === agent.userId}
      title={overWords}
    >
      <div className="row">
        <span className="cut grow medium">{agent.name}</span>
        <span className={styles.timer} role="timer" aria-live="off">
          {overWords ? (
            <>
              <IconAlertTriangle size={14} aria-hidden="true" />
              <span className="for-readers">{overWords}</span>
            </>
          ) : null}
          {formatClock(now - agent.since)}
        </span>
      </div>
      <div className="cut small" title={doing}>
        {doing || '\u00a0'}
      </div>
      {canListen ? (
        <ListenMenu agent={agent} supervising={supervising} onTakeOver={onTakeOver} />
      ) : null}
    </li>
  );
}

const tilesInRow = 6;
const tileWidth = 196;

/** Agents in groups by state, each with the time he has been in it. */
export function AgentTiles({ groups }: { groups: readonly AgentGroup[] }) {
  const { t } = useTranslation('team');
  const supervising = useSupervision();
  const [asked, setAsked] = useState<TeamAgent | null>(null);
  const shown = groups.map(({ state, agents }) => {
    const Icon = icons[state];
    return (
      <section
        key={state}
        className={styles.state}
        // As wide as its tiles, so that small groups share a row.
        style={{ flexBasis: `${Math.min(agents.length, tilesInRow) * tileWidth}px` }}
        aria-label={t(`common:agentState.${state}`)}
        data-testid={`agents-${state}`}
      >
        <h2 className={styles.group} data-state={state}>
          <Icon size={16} aria-hidden="true" />
          {t(`common:agentState.${state}`)}
          <span className="small">{agents.length}</span>
        </h2>
        <ul className={styles.tiles}>
          {agents.map((agent) => (
            <AgentTile
              key={agent.userId}
              agent={agent}
              supervising={supervising}
              onTakeOver={setAsked}
            />
          ))}
        </ul>
      </section>
    );
  });
  return (
    <div className={styles.groups}>
      {shown}
      <TakeOverAsked
        name={asked?.name ?? null}
        onTakeOver={() => asked && supervising.takeOver(asked.userId)}
        onClose={() => setAsked(null)}
      />
    </div>
  );
}
