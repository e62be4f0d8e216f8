import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { breakReasons } from '#shared/domain/agents/agentState.ts';
import type { Alert } from '#shared/domain/supervision/alerts.ts';
import type { BoardAgent, BoardCall } from '#shared/sync/board.ts';
import { formatClock, formatSpan } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/useFormat.ts';
import { useDesk } from '../../store/desk.ts';

/** Shown for what is not known. */
export const unknown = '–';

/** `71 %` */
export function wholePercent(share: number | null): string {
  return share === null ? unknown : `${Math.round(share * 100)} %`;
}

/** `6.8 %`, `0 %`, `100 %` */
export function finePercent(share: number | null): string {
  return share === null ? unknown : `${Math.round(share * 1000) / 10} %`;
}

export function clockOf(ms: number | null): string {
  return ms === null ? unknown : formatClock(ms);
}

/** Of a time that is over, or a mean, as reports have it. */
export function spanOf(ms: number | null): string {
  return ms === null ? unknown : formatSpan(ms);
}

/** Names and sentences of the board in the language of the window. */
export function useBoardWords() {
  const { t } = useTranslation('board');
  const language = useLanguage();
  const queues = useDesk((desk) => desk.configuration?.queues);
  return useMemo(() => {
    const names = new Map(queues?.map(({ id, name }) => [id, name[language]]));
    const queue = (queueId: string) => names.get(queueId) ?? queueId;

    /** The customer's name, how many customers share the number, or the number where nobody is known. */
    function caller({ caller, who }: Pick<BoardCall, 'caller' | 'who'>): string {
      if (who && 'name' in who) return who.name;
      if (who) return t('severalCustomers', { count: who.customers });
      return caller ?? t('common:numberWithheld');
    }

    function doing(agent: BoardAgent, call: BoardCall | undefined): string {
      const reason = breakReasons.find((one) => one === agent.reason);
      if (agent.state === 'break') return reason ? t(`common:breakReason.${reason}`) : '';
      if (!call) return agent.queueIds.map(queue).join(t('comma'));
      const from =
        call.queueId === null ? t(`common:direction.${call.direction}`) : queue(call.queueId);
      return `${caller(call)} · ${from}`;
    }

    /** What is wrong, such as "After-sales service: 4 waiting". */
    function alertTitle({ subject, measure, value }: Alert, name: string): string {
      const isShare = measure === 'serviceLevel' || measure === 'abandonRate';
      const isCount = measure === 'waiting' || measure === 'readyAgents';
      const shown = isShare ? wholePercent(value) : isCount ? String(value) : formatClock(value);
      const who = 'queueId' in subject ? queue(subject.queueId) : name;
      return t(`alert.${measure}`, { who, value: shown });
    }

    /** The limit that was passed, such as "limit 3". */
    function alertLimit({ measure, limit }: Alert): string {
      if (measure === 'serviceLevel' || measure === 'abandonRate') {
        return t(measure === 'serviceLevel' ? 'alertLeast' : 'alertMost', {
          limit: wholePercent(limit),
        });
      }
      if (measure === 'readyAgents') return t('alertLeast', { limit: limit + 1 });
      return t('alertMost', { limit: measure === 'waiting' ? limit : formatClock(limit) });
    }

    return { queue, caller, doing, alertTitle, alertLimit };
  }, [t, queues, language]);
}

export type BoardWords = ReturnType<typeof useBoardWords>;
