import { type KeyboardEvent, useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { targetsOf } from '#shared/domain/settings/supervision.ts';
import { useBoard } from '../../store/board.ts';
import type { QueueFigures } from '../../store/boardFigures.ts';
import { useDesk, usePart } from '../../store/desk.ts';
import { cx } from '../../ui/cx.ts';
import { useOneStop } from '../../ui/useGridKeys.ts';
import { moveInGrid } from './agents/gridKeys.ts';
import { alertStore } from './alerts/alertStore.ts';
import styles from './board.module.css';
import { choiceStore, choose, useChoice } from './boardChoice.ts';
import { useBoardWords } from './boardWords.ts';
import { QueueTile } from './QueueTile.tsx';
import { orderQueues } from './queueOrder.ts';

/** So many stand in one row with all they say; more are told in short. */
export const mostWholeTiles = 5;

const noFigures: ReadonlyMap<string, QueueFigures> = new Map();
const noIds: readonly string[] = [];

/** The queues that are shown, in the order asked for. */
export function useShownQueues(): QueueFigures[] {
  const { teamId, queueOrder } = useChoice();
  const figures = useBoard(({ board }) => board?.figures ?? noFigures);
  // Who is in a team matters only where one is chosen.
  const agents = useBoard(({ board }) => (teamId === null ? null : board?.agents));
  const worst = useStore(alertStore, (state) => (queueOrder === 'worst' ? state.worst : null));
  const configured = useDesk((desk) => desk.configuration?.queues);
  return useMemo(() => {
    const ids = configured?.map(({ id }) => id) ?? noIds;
    const ofTeam = teamId === null ? null : new Set<string>();
    for (const agent of agents?.values() ?? []) {
      if (agent.teamId === teamId) for (const id of agent.queueIds) ofTeam?.add(id);
    }
    const shown = [...figures.values()].filter(({ queueId }) => ofTeam?.has(queueId) ?? true);
    return orderQueues(shown, queueOrder, {
      ids,
      levelOf: (queueId) => worst?.get(`queue:${queueId}`)?.level ?? null,
    });
  }, [figures, agents, worst, configured, teamId, queueOrder]);
}

/** A tile for every queue. Tab comes to one of them, arrows and `J K` move. */
export function QueueTiles() {
  const { t } = useTranslation('board');
  const words = useBoardWords();
  const { queueId: chosenId } = useChoice();
  const rules = usePart('supervision');
  const shown = useShownQueues();
  const stop = useOneStop<HTMLElement>();
  const onChoose = useCallback((queueId: string) => {
    choose({ queueId: choiceStore.getState().queueId === queueId ? null : queueId });
  }, []);
  if (!rules) return null;
  const isMany = shown.length > mostWholeTiles;

  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const names = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-stop]')];
    const at = event.target instanceof HTMLElement ? names.indexOf(event.target) : -1;
    const places = names.map((name) => {
      const { left, top } = name.getBoundingClientRect();
      return { left, top };
    });
    const to = at < 0 ? null : moveInGrid(event.key, at, places);
    if (to === null) return;
    event.preventDefault();
    names[to]?.focus();
  }

  return (
    <section
      {...stop}
      onKeyDown={onKeyDown}
      className={cx(styles.tiles, isMany && 'scroll')}
      data-many={isMany}
      aria-label={t('queues')}
      data-region="2"
    >
      {shown.map((figures) => (
        <QueueTile
          key={figures.queueId}
          figures={figures}
          targets={targetsOf(rules, figures.queueId)}
          name={words.queue(figures.queueId)}
          chosen={figures.queueId === chosenId}
          brief={isMany}
          onChoose={onChoose}
        />
      ))}
    </section>
  );
}
