import { IconAlertTriangle } from '@tabler/icons-react';
import { memo } from 'react';
import type { ListenMode } from '#shared/domain/calls/listening.ts';
import type { BoardAgent, BoardCall } from '#shared/sync/board.ts';
import { AgentStateIcon } from '../../../ui/AgentStateIcon.tsx';
import { cx } from '../../../ui/cx.ts';
import { listenIcons } from '../../team/listenIcons.ts';
import { useLevel } from '../alerts/alertStore.ts';
import styles from '../board.module.css';
import { Elapsed } from '../Elapsed.tsx';
import type { TileWords } from './tileWords.ts';

interface AgentTileProps {
  agent: BoardAgent;
  call: BoardCall | undefined;
  words: TileWords;
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
  words,
  withState,
  active,
  chosen,
  listening,
  canListen,
  onListen,
  onOpen,
}: AgentTileProps) {
  const level = useLevel(`agent:${agent.agentId}`);
  const { agentId, state, name, since, today } = agent;
  const stateWord = words.state[state];
  const doing = words.doing(agent, call);
  // A short break is called the same as being on a break in some languages.
  const said = withState && stateWord !== doing ? [stateWord, doing] : [doing];
  const shown = said.filter(Boolean).join(' · ');
  const handled = words.handled(
    today.handled,
    today.handled === 0 ? null : today.handleMs / today.handled,
  );
  const over = level === null ? null : words.over;
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
        data-agent={agentId}
        data-about={`agent:${agentId}`}
        data-state={state}
        data-level={level ?? 'none'}
        data-chosen={chosen}
        data-listening={listening}
        title={over ?? undefined}
        onClick={() => onOpen(agentId)}
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
          <span className={cx('cut grow', styles.done)} title={handled.long}>
            {handled.short}
          </span>
          {canListen ? (
            <ListenButtons agentId={agentId} name={name} words={words} onListen={onListen} />
          ) : null}
        </div>
      </div>
    </li>
  );
});

/** The three ways into the call, for the pointer; the keys are the tile's. */
function ListenButtons({
  agentId,
  name,
  words,
  onListen,
}: Pick<AgentTileProps, 'words' | 'onListen'> & { agentId: string; name: string }) {
  return words.ways.map(({ mode, name: way, title }) => {
    const Icon = listenIcons[mode];
    return (
      <button
        key={mode}
        type="button"
        tabIndex={-1}
        className={styles.listenButton}
        aria-label={`${way}: ${name}`}
        title={title}
        data-testid={`listen-${mode}`}
        onClick={(event) => {
          event.stopPropagation();
          onListen(agentId, mode);
        }}
      >
        <Icon size={14} aria-hidden="true" />
      </button>
    );
  });
}
