import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type AgentStateName, agentStateNames } from '#shared/domain/agents/agentState.ts';
import { type ListenMode, listenModes } from '#shared/domain/calls/listening.ts';
import { type BoardWords, spanOf, useBoardWords } from '../boardWords.ts';

/** What the tiles of all agents say, looked up once: a tile is painted hundreds of times a minute. */
export interface TileWords {
  state: Record<AgentStateName, string>;
  over: string;
  doing: BoardWords['doing'];
  /** What was handled today, in short and in a sentence. */
  handled: (count: number, meanMs: number | null) => { short: string; long: string };
  ways: readonly { mode: ListenMode; name: string; title: string }[];
}

export function useTileWords(): TileWords {
  const { t } = useTranslation('board');
  const { doing } = useBoardWords();
  return useMemo(() => {
    const states = agentStateNames.map((state) => [state, t(`common:agentState.${state}`)]);
    return {
      state: Object.fromEntries(states) as TileWords['state'],
      over: t('overLimit'),
      doing,
      handled: (count, meanMs) => {
        const mean = spanOf(meanMs);
        return {
          short: count === 0 ? t('noneHandled') : `${count} × ${mean}`,
          long: t('handled', { count, mean }),
        };
      },
      ways: listenModes.map((mode) => {
        const name = t(`team:listen.${mode}`);
        return { mode, name, title: `${name}: ${t(`team:listen.hint.${mode}`)}` };
      }),
    };
  }, [t, doing]);
}
