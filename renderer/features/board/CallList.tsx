import {
  IconPhoneCalling,
  IconPhoneFilled,
  IconPhonePause,
  IconUserPause,
} from '@tabler/icons-react';
import { memo, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { BoardCall } from '#shared/sync/board.ts';
import { useBoard } from '../../store/board.ts';
import { cx } from '../../ui/cx.ts';
import { SectionHead } from '../../ui/SectionHead.tsx';
import styles from './board.module.css';
import { useChoice } from './boardChoice.ts';
import { useBoardWords } from './boardWords.ts';
import { callListed, countedSince, orderCalls } from './callOrder.ts';
import { Elapsed } from './Elapsed.tsx';

const icons = {
  waiting: { icon: IconUserPause, tone: 'tone-warn' },
  ringing: { icon: IconPhoneCalling, tone: 'tone-ok' },
  talking: { icon: IconPhoneFilled, tone: 'tone-accent' },
  held: { icon: IconPhonePause, tone: 'muted' },
} as const;

const noCalls: ReadonlyMap<string, BoardCall> = new Map();

const CallRow = memo(function CallRow({ call, agent }: { call: BoardCall; agent: string | null }) {
  const { t } = useTranslation('board');
  const words = useBoardWords();
  const { icon: Icon, tone } = icons[call.state];
  const where =
    call.queueId === null ? t(`common:direction.${call.direction}`) : words.queue(call.queueId);
  const number = call.caller ?? t('common:numberWithheld');
  const name = words.caller(call);
  const about = [call.who ? number : null, where, agent].filter(Boolean).join(' · ');
  return (
    <li
      className={styles.call}
      data-testid="board-call"
      data-call={call.callRef}
      data-state={call.state}
    >
      <span className={tone} title={t(`callState.${call.state}`)}>
        <Icon size={14} aria-hidden="true" />
        <span className="for-readers">{t(`callState.${call.state}`)}</span>
      </span>
      <span className="cut medium" title={name}>
        {name}
      </span>
      <span className="cut small" title={about}>
        {about}
      </span>
      <Elapsed since={countedSince(call)} className={styles.callTime} />
    </li>
  );
});

/** Every call of now, who waits first. */
export function CallList() {
  const { t } = useTranslation('board');
  const { queueId, teamId } = useChoice();
  const calls = useBoard(({ board }) => board?.calls ?? noCalls);
  const agents = useBoard(({ board }) => board?.agents);
  const shown = useMemo(() => {
    const inTeam = [...(agents?.values() ?? [])].filter((agent) => agent.teamId === teamId);
    const agentIds = teamId === null ? null : new Set(inTeam.map(({ agentId }) => agentId));
    return orderCalls(calls.values(), { queueId, agentIds });
  }, [calls, agents, queueId, teamId]);
  const { waiting, all } = callListed(shown);
  return (
    <section className={styles.block} aria-label={t('calls')} data-testid="board-calls">
      <SectionHead title={t('calls')} count={t('callsCount', { count: all, waiting })} />
      {shown.length === 0 ? <p className="small">{t('noCalls')}</p> : null}
      <ul className={cx('scroll', styles.calls)} tabIndex={shown.length > 8 ? 0 : undefined}>
        {shown.map((call) => (
          <CallRow
            key={call.callRef}
            call={call}
            agent={call.agentId === null ? null : (agents?.get(call.agentId)?.name ?? null)}
          />
        ))}
      </ul>
    </section>
  );
}
