import { IconUsers } from '@tabler/icons-react';
import {
  type FocusEvent,
  type KeyboardEvent,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import type { AgentStateName } from '#shared/domain/agents/agentState.ts';
import type { ListenMode } from '#shared/domain/calls/listening.ts';
import type { BoardAgent } from '#shared/sync/board.ts';
import { useTeamName } from '../../../i18n/useTeamName.ts';
import { useBoard } from '../../../store/board.ts';
import { useDesk } from '../../../store/desk.ts';
import { AgentStateIcon } from '../../../ui/AgentStateIcon.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { isFocusFree } from '../../../ui/focus.ts';
import type { Supervising } from '../../team/useSupervision.ts';
import styles from '../board.module.css';
import { choose, useChoice } from '../boardChoice.ts';
import { AgentTile } from './AgentTile.tsx';
import { type AgentGroup, arrangeAgents, filterAgents } from './agentOrder.ts';
import { moveInGrid } from './gridKeys.ts';
import { useTileWords } from './tileWords.ts';

const noAgents: ReadonlyMap<string, BoardAgent> = new Map();
const listenKeys: Record<string, ListenMode | undefined> = {
  l: 'listen',
  w: 'whisper',
  b: 'barge',
};

/** Those whom the choice leaves, in their groups. */
function useShownAgents(): AgentGroup[] {
  const { teamId, queueId, withSignedOut, arrangement } = useChoice();
  const agents = useBoard(({ board }) => board?.agents ?? noAgents);
  return useMemo(() => {
    const left = filterAgents(agents.values(), { teamId, queueId, withSignedOut });
    return arrangeAgents(left, arrangement);
  }, [agents, teamId, queueId, withSignedOut, arrangement]);
}

/** Whom the user could listen to now. */
export function canBeHeard(agent: BoardAgent, me: string | undefined): boolean {
  return agent.state === 'onCall' && agent.extension !== null && agent.agentId !== me;
}

/** Head of a group: its state or team in words, and how many there are. */
function GroupHead({ group, byState }: { group: AgentGroup; byState: boolean }) {
  const { t } = useTranslation('board');
  const teamName = useTeamName();
  const state = byState ? (group.key as AgentStateName) : null;
  return (
    <h3 className={styles.group}>
      {state ? <AgentStateIcon state={state} /> : null}
      {state
        ? t(`common:agentState.${state}`)
        : group.key === ''
          ? t('noTeam')
          : teamName(group.key)}
      <span className="small">{group.agents.length}</span>
    </h3>
  );
}

/** All agents as tiles. Arrows and `J K` move, Enter opens, `L W B` take part in the call of the tile with the focus. */
export function AgentGrid({
  supervising,
  onListen,
}: {
  supervising: Supervising;
  onListen: (agentId: string, mode: ListenMode) => void;
}) {
  const { t } = useTranslation('board');
  const { arrangement, agentId: chosenId } = useChoice();
  const groups = useShownAgents();
  const calls = useBoard(({ board }) => board?.calls);
  const total = useBoard(({ board }) => board?.agents.size ?? 0);
  const me = useDesk((desk) => desk.session.user?.id);
  const words = useTileWords();
  const [focusedId, setFocusedId] = useState<string | null>(null);
  const grid = useRef<HTMLDivElement>(null);
  const mayListen = supervising.may && supervising.obstacle === null;
  const ids = useMemo(
    () => groups.flatMap(({ agents }) => agents.map(({ agentId }) => agentId)),
    [groups],
  );
  // The one tile that Tab reaches: the last with the focus, else the first.
  const activeId = focusedId !== null && ids.includes(focusedId) ? focusedId : (ids[0] ?? null);
  const onOpen = useCallback((agentId: string) => choose({ agentId }), []);
  const kept = useKeptFocus(grid, activeId, ids);

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>): void {
    if (event.nativeEvent.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    if (!(event.target instanceof HTMLElement)) return;
    const { agent: id } = event.target.dataset;
    if (id === undefined) return;
    const mode = listenKeys[event.key.toLowerCase()];
    if (mode) onListen(id, mode);
    else if (event.key === 'Enter') choose({ agentId: id });
    else if (event.key === 'Escape') {
      // A dialog that closes has given the focus back already: the key was its own.
      if (document.querySelector('[aria-modal="true"]') === null) choose({ agentId: null });
    } else if (!move(event.key, id, grid.current)) return;
    event.preventDefault();
  }

  if (groups.length === 0) {
    return (
      <EmptyState
        icon={<IconUsers size={20} aria-hidden="true" />}
        title={t(total === 0 ? 'noAgents' : 'nobodyHere')}
        text={t(total === 0 ? 'noAgentsHint' : 'nobodyHereHint')}
      />
    );
  }
  const byState = arrangement === 'state';
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the tile with the focus tells the keys
    <div
      ref={grid}
      className={styles.groups}
      onKeyDown={onKeyDown}
      onBlur={kept.onBlur}
      onFocus={(event) => {
        kept.onFocus();
        setFocusedId(event.target.dataset.agent ?? focusedId);
      }}
    >
      {groups.map((group) => (
        <section key={group.key} data-testid={byState ? `agents-${group.key}` : undefined}>
          {group.key !== '' || arrangement === 'team' ? (
            <GroupHead group={group} byState={byState} />
          ) : null}
          <ul className={styles.agents}>
            {group.agents.map((agent) => (
              <AgentTile
                key={agent.agentId}
                agent={agent}
                words={words}
                call={agent.callRef === null ? undefined : calls?.get(agent.callRef)}
                withState={!byState}
                active={agent.agentId === activeId}
                chosen={agent.agentId === chosenId}
                listening={supervising.listening?.userId === agent.agentId}
                canListen={mayListen && canBeHeard(agent, me)}
                onListen={onListen}
                onOpen={onOpen}
              />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function tilesIn(grid: HTMLElement | null): HTMLElement[] {
  return [...(grid?.querySelectorAll<HTMLElement>('[data-agent]') ?? [])];
}

function move(key: string, id: string, grid: HTMLElement | null): boolean {
  const tiles = tilesIn(grid);
  const places = tiles.map((tile) => ({ left: tile.offsetLeft, top: tile.offsetTop }));
  const to = moveInGrid(
    key,
    tiles.findIndex((tile) => tile.dataset.agent === id),
    places,
  );
  if (to === null) return false;
  tiles[to]?.focus();
  return true;
}

/** A tile that moves to another group is made anew: the focus goes along with its agent. */
function useKeptFocus(
  grid: { readonly current: HTMLDivElement | null },
  activeId: string | null,
  ids: readonly string[],
): { onFocus: () => void; onBlur: (event: FocusEvent) => void } {
  const had = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another order moves tiles
  useEffect(() => {
    if (!had.current || !isFocusFree() || activeId === null) return;
    const tile = tilesIn(grid.current).find((one) => one.dataset.agent === activeId);
    tile?.focus({ preventScroll: true });
  }, [grid, activeId, ids]);
  return {
    onFocus: () => {
      had.current = true;
    },
    // What is taken out of the page leaves the focus to nobody; who goes elsewhere gives it to something.
    onBlur: ({ relatedTarget }) => {
      if (relatedTarget !== null) had.current = false;
    },
  };
}
