import { useCallback, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListenMode } from '#shared/domain/calls/listening.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { boardStore } from '../../store/board.ts';
import { deskStore } from '../../store/desk.ts';
import { tell } from '../../store/window.ts';
import { type Supervising, useSupervision } from '../team/useSupervision.ts';
import { canBeHeard } from './agents/AgentGrid.tsx';

/** What is asked before it is done to a call of this agent. */
interface Asked {
  what: 'barge' | 'takeOver';
  agentId: string;
  name: string;
}

export interface Listening {
  supervising: Supervising;
  asked: Asked | null;
  /** Takes part in the agent's call; asks once before both sides hear it, and says why where it cannot be done. */
  listen: (agentId: string, mode: ListenMode) => void;
  takeOver: (agentId: string) => void;
  /** What was asked is done. */
  agree: () => void;
  drop: () => void;
}

/** Listening in from the board, by key and by button. */
export function useListening(): Listening {
  const { t } = useTranslation('board');
  const format = useFormat();
  const supervising = useSupervision();
  const [asked, setAsked] = useState<Asked | null>(null);
  const latest = useRef(supervising);
  latest.current = supervising;

  /** The agent, if there is something to listen to; else says what stands in the way. */
  const heard = useCallback(
    (agentId: string) => {
      const { may, obstacle, blindSince } = latest.current;
      if (!may) return null;
      const agent = boardStore.getState().board?.agents.get(agentId);
      const me = deskStore.getState().session.user?.id;
      const time = blindSince === null ? '' : format.moment(blindSince);
      if (obstacle === 'offline') tell(t('listenOffline'));
      else if (obstacle !== null) tell(t(`team:obstacle.${obstacle}.word`, { time }));
      else if (!agent || !canBeHeard(agent, me)) tell(t('noCallToHear'));
      else return agent;
      return null;
    },
    [t, format],
  );

  const listen = useCallback(
    (agentId: string, mode: ListenMode) => {
      const agent = heard(agentId);
      if (!agent) return;
      if (mode === 'barge') setAsked({ what: 'barge', agentId, name: agent.name });
      else latest.current.listen(agentId, mode);
    },
    [heard],
  );

  const takeOver = useCallback(
    (agentId: string) => {
      const agent = heard(agentId);
      if (agent) setAsked({ what: 'takeOver', agentId, name: agent.name });
    },
    [heard],
  );

  function agree(): void {
    if (asked?.what === 'barge') supervising.listen(asked.agentId, 'barge');
    if (asked?.what === 'takeOver') supervising.takeOver(asked.agentId);
  }

  return { supervising, asked, listen, takeOver, agree, drop: () => setAsked(null) };
}
