import { IconArrowBarToRight, IconX } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type ListenMode, listenModes } from '#shared/domain/calls/listening.ts';
import { occupancyOf } from '#shared/domain/metrics/agentTime.ts';
import { useTeamName } from '../../../i18n/useTeamName.ts';
import { useBoard } from '../../../store/board.ts';
import { timeOf } from '../../../store/boardFigures.ts';
import { useDesk } from '../../../store/desk.ts';
import { AgentStateIcon } from '../../../ui/AgentStateIcon.tsx';
import { Button } from '../../../ui/Button.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { AgentActions } from '../../intervention/AgentActions.tsx';
import { listenIcons } from '../../team/listenIcons.ts';
import type { Supervising } from '../../team/useSupervision.ts';
import styles from '../board.module.css';
import { choose } from '../boardChoice.ts';
import { clockOf, finePercent, spanOf, useBoardWords, wholePercent } from '../boardWords.ts';
import { Elapsed, useShownNow } from '../Elapsed.tsx';
import { canBeHeard } from './AgentGrid.tsx';

const timesShown = ['onCall', 'wrapUp', 'ready', 'ringing', 'break'] as const;

/** All that is known of one agent today, and what can be done. */
export function AgentPanel({
  agentId,
  supervising,
  onListen,
  onTakeOver,
}: {
  agentId: string;
  supervising: Supervising;
  onListen: (agentId: string, mode: ListenMode) => void;
  onTakeOver: (agentId: string) => void;
}) {
  const { t } = useTranslation('board');
  const words = useBoardWords();
  const teamName = useTeamName();
  const agent = useBoard(({ board }) => board?.agents.get(agentId) ?? null);
  const call = useBoard(({ board }) =>
    agent?.callRef ? board?.calls.get(agent.callRef) : undefined,
  );
  const dayFrom = useBoard(({ board }) => board?.dayFrom ?? 0);
  const me = useDesk((desk) => desk.session.user?.id);
  const now = useShownNow();
  const section = useRef<HTMLElement>(null);
  // What is beside it may be scrolled away from its top.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another agent was chosen
  useEffect(() => {
    section.current?.parentElement?.scrollTo?.({ top: 0 });
  }, [agentId]);
  if (!agent) return null;
  const { today } = agent;
  const time = timeOf(agent, dayFrom, now);
  const listens = supervising.listening?.userId === agentId ? supervising.listening : null;
  const canListen = supervising.may && supervising.obstacle === null && canBeHeard(agent, me);
  const facts = [
    ['handled', String(today.handled)],
    ['mean', spanOf(today.handled === 0 ? null : today.handleMs / today.handled)],
    ['missed', String(today.missed)],
    ['occupancy', wholePercent(occupancyOf(time))],
  ] as const;
  return (
    <section
      ref={section}
      className={styles.block}
      aria-label={agent.name}
      data-testid="agent-panel"
    >
      <h2 className={styles.panelName}>
        <AgentStateIcon state={agent.state} />
        <span className="cut grow">{agent.name}</span>
        <AgentActions agent={agent} />
        <IconButton
          label={t('common:actions.close')}
          icon={<IconX size={16} aria-hidden="true" />}
          onClick={() => choose({ agentId: null })}
        />
      </h2>
      <p>
        <span className="medium">{t(`common:agentState.${agent.state}`)}</span>{' '}
        <Elapsed since={agent.since} className="muted" />
        {agent.state === 'signedOut' ? null : (
          <span className="muted"> · {words.doing(agent, call)}</span>
        )}
      </p>
      <p className="small">
        {[
          agent.extension === null ? null : t('extension', { extension: agent.extension }),
          agent.teamId === null ? null : teamName(agent.teamId),
          agent.queueIds.map(words.queue).join(t('comma')) || t('noQueues'),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <dl className={styles.facts}>
        {facts.map(([fact, value]) => (
          <div key={fact}>
            <dt title={t(`agentFacts.${fact}.hint`)}>{t(`agentFacts.${fact}.word`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <ShareOfDay time={time} />
      {canListen || listens ? (
        <div className={styles.actions}>
          {listenModes.map((mode) => {
            const Icon = listenIcons[mode];
            return (
              <Button
                key={mode}
                size="sm"
                disabled={!canListen || listens?.mode === mode}
                icon={<Icon size={14} aria-hidden="true" />}
                title={t(`team:listen.hint.${mode}`)}
                onClick={() => onListen(agentId, mode)}
              >
                {t(`team:listen.${mode}`)}
              </Button>
            );
          })}
          <Button
            size="sm"
            disabled={!canListen}
            icon={<IconArrowBarToRight size={14} aria-hidden="true" />}
            title={t('team:listen.hint.takeOver')}
            data-testid="take-over"
            onClick={() => onTakeOver(agentId)}
          >
            {t('team:listen.takeOver')}
          </Button>
        </div>
      ) : null}
    </section>
  );
}

/** How the day was spent so far: one bar, each state with its time and share. */
function ShareOfDay({ time }: { time: ReturnType<typeof timeOf> }) {
  const { t } = useTranslation('board');
  const whole = timesShown.reduce((sum, state) => sum + time[state], 0);
  if (whole === 0) return null;
  return (
    <>
      <div className={styles.dayBar} aria-hidden="true">
        {timesShown.map((state) => (
          <span
            key={state}
            className={styles.share}
            data-state={state}
            style={{ flexGrow: time[state] }}
          />
        ))}
      </div>
      <dl className={styles.dayTimes}>
        {timesShown.map((state) => (
          <div key={state}>
            <dt>
              <i className={styles.share} data-state={state} aria-hidden="true" />
              {t(`common:agentState.${state}`)}
            </dt>
            <dd>
              {clockOf(time[state])}{' '}
              <span className="small">{finePercent(time[state] / whole)}</span>
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
