import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgentQueues, Membership, WantedRest } from '#shared/sync/intervention.ts';
import { useRun } from '../../app/bridge.tsx';
import { tell, tellWarning, tellWithAction } from '../../store/window.ts';
import { type ActedOn, askAbout } from './agentDialogs.ts';

/** What is done to an agent at once, and said in a corner. Each answers whether it was done. */
export interface AgentDeeds {
  rest(agent: ActedOn, wanted: WantedRest): Promise<boolean>;
  /** Beside the queues that the agent takes already; it can be undone from the corner. */
  addToQueue(agent: ActedOn, queue: { id: string; name: string }): Promise<boolean>;
}

export function useAgentDeeds(): AgentDeeds {
  const { t } = useTranslation('intervention');
  const run = useRun();

  const rest = useCallback(
    async ({ id: userId, name }: ActedOn, wanted: WantedRest) => {
      const done = await run('intervention.setState', { userId, rest: wanted });
      if (!done) return false;
      const state =
        wanted.state === 'ready'
          ? t('common:agentState.ready')
          : t(`common:breakReason.${wanted.reason}`);
      tell(t(`state.${done.effect}`, { name, state }));
      return true;
    },
    [run, t],
  );

  const addToQueue = useCallback(
    async (agent: ActedOn, queue: { id: string; name: string }) => {
      const { id: userId, name } = agent;
      const put = (queues: Membership[]) => run('intervention.setQueues', { userId, queues });
      const held = await run('intervention.queues', { userId });
      if (!held) return false;
      const others = held.queues.filter(({ queueId }) => queueId !== queue.id);
      const done = await put([...others, { queueId: queue.id, penalty: 0 }]);
      if (!done) return false;
      if (done.refused.length > 0) {
        const look = { label: t('menu.queues'), run: () => askAbout('queues', agent) };
        tellWarning(t('queues.differs', { queues: queue.name }), look);
        return false;
      }
      const words = t('queues.added', { name, queue: queue.name });
      tellWithAction([words, ...laterWords(done)].join('. '), {
        label: t('queues.undo'),
        run: () => {
          void put(held.queues).then((undone) => undone && tell(t('queues.saved', { name })));
        },
      });
      return true;

      function laterWords({ pbx }: AgentQueues): string[] {
        if (pbx === 'later') return [t('queues.later')];
        return pbx === 'none' ? [t('queues.addedNone')] : [];
      }
    },
    [run, t],
  );

  return { rest, addToQueue };
}
