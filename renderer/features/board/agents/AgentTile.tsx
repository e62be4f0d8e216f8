import { IconAlertTriangle } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { type ListenMode, listenModes } from '#shared/domain/calls/listening.ts';
import type { BoardAgent, BoardCall } from '#shared/sync/board.ts';
import { AgentStateIcon } from '../../../ui/AgentStateIcon.tsx';
import { cx } from '../../../ui/cx.ts';
import { listenIcons } from '../../team/listenIcons.ts';
import { useLevel } from '../alerts/alertStore.ts';
import styles from '../board.module.css';
import { clockOf, useBoardWords } from '../boardWords.ts';
import { Elapsed } from '../Elapsed.tsx';

interface AgentTileProps {
  agent: BoardAgent;
  call: BoardCall | undefined;
  /** The word of the state stands on the tile too, where tiles are not grouped by it. */
  withState: boolean;
  active: boolean;
  chosen: boolean;
  listening: boolean;
  canListen: boolean;
  onListen: (agentId: string, mode: ListenMode) => void;
  onOpen: (agentId: string) => void;
}

/** One agent: state and the time in it, the present call, what was done today. */
export const AgentTile = memo(function AgentTile({
  agent,
  call,
  withState,
  active,
  chosen,
  listening,
  canListen,
  onListen,
  onOpen,
}: AgentTileProps) {
  const { t } = useTranslation('board');
  const words = useBoardWords();
  const level = useLevel(`agent:${agent.agentId}`);
  const { state, name, since, today } = agent;
  const stateWord = t(`common:agentState.${state}`);
  const doing = words.doing(agent, call);
  const shown = withState ? [stateWord, doing].filter(Boolean).join(' · ') : doing;
  const meanMs = today.handled === 0 ? null : today.handleMs / today.handled;
  const over = level === null ? null : t('overLimit');
  return (
    <li>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keys of all tiles are the grid's */}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset has the look and the name of a form */}
      <div
        role="group"
        className={styles.agent}
        tabIndex={active ? 0 : -1}
        aria-label={[name, stateWord, over, doing].filter(Boolean).join(', ')}
        aria-keyshortcuts={canListen ? 'L W B Enter' : 'Enter'}
        data-testid="agent-tile"
        data-agent={agent.agentId}
        data-state={state}
        data-level={level ?? 'none'}
        data-chosen={chosen}
        data-listening={listening}
        title={over ?? undefined}
        onClick={() => onOpen(agent.agentId)}
      >
        <div className={styles.agentLine}>
          <AgentStateIcon state={state} size={14} />
          <span className="cut grow medium">{name}</span>
          <span className={styles.timer}>
            {level === null ? null : <IconAlertTriangle size={14} aria-hidden="true" />}
            <Elapsed since={since} />
          </span>
        </div>
        <div className={cx('cut', styles.doing)} title={shown}>
          {shown || '\u00a0'}
        </div>
        <div className={styles.agentLine}>
          <span className={cx('cut grow', styles.done)}>
            {t('handled', { count: today.handled, mean: clockOf(meanMs) })}
          </span>
          {canListen
            ? listenModes.map((mode) => {
                const Icon = listenIcons[mode];
                return (
                  <button
                    key={mode}
                    type="button"
                    tabIndex={-1}
                    className={styles.listenButton}
                    aria-label={t('listenTo', { how: t(`team:listen.${mode}`), name })}
                    title={`${t(`team:listen.${mode}`)}: ${t(`team:listen.hint.${mode}`)}`}
                    data-testid={`listen-${mode}`}
                    onClick={(event) => {
                      event.stopPropagation();
                      onListen(agent.agentId, mode);
                    }}
                  >
                    <Icon size={14} aria-hidden="true" />
                  </button>
                );
              })
            : null}
        </div>
      </div>
    </li>
  );
});
