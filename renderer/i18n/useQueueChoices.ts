import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Queue } from '#shared/domain/configuration.ts';
import { offeredQueues, queuesOfThePast } from '#shared/domain/settings/queues.ts';
import { useDesk } from '../store/desk.ts';
import { useLanguage } from './useFormat.ts';

export interface QueueChoice {
  id: string;
  /** In the language of the window; a retired queue says so. */
  name: string;
}

const noQueues: readonly Queue[] = [];
const nothing: readonly string[] = [];

function useChoices(pick: (queues: readonly Queue[]) => readonly Queue[], key: string) {
  const { t } = useTranslation('common');
  const language = useLanguage();
  const queues = useDesk((desk) => desk.configuration?.queues ?? noQueues);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` says when another `pick` picks otherwise
  return useMemo(
    () =>
      pick(queues).map(({ id, name, retired }): QueueChoice => {
        const words = name[language];
        return { id, name: retired ? t('retiredName', { name: words }) : words };
      }),
    [queues, language, t, key],
  );
}

/** Queues to choose from for something new, and retired ones where they are chosen already. */
export function useQueueChoices(chosen: readonly string[] = nothing): QueueChoice[] {
  return useChoices((queues) => offeredQueues(queues, chosen), chosen.join('\n'));
}

/** Queues to look at the past by, retired ones last. */
export function usePastQueues(): QueueChoice[] {
  return useChoices(queuesOfThePast, '');
}
