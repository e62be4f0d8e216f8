import {
  IconPhoneCalling,
  IconPhoneFilled,
  IconPhonePause,
  IconUserPause,
} from '@tabler/icons-react';
import { type KeyboardEvent, memo, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BoardCall } from '#shared/sync/board.ts';
import { useBoard } from '../../store/board.ts';
import { cx } from '../../ui/cx.ts';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { moveInGrid } from './agents/gridKeys.ts';
import styles from './board.module.css';
import { useChoice } from './boardChoice.ts';
import { aboutOf, openMenu } from './boardMenu.ts';
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

interface CallRowProps {
  call: BoardCall;
  /** The agent's name. */
  agent: string | null;
  /** The one row that Tab reaches. */
  active: boolean;
}

const CallRow = memo(function CallRow({ call, agent, active }: CallRowProps) {
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
      tabIndex={active ? 0 : -1}
      aria-keyshortcuts="Enter Shift+F10"
      data-about={`call:${call.callRef}`}
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

/** Arrows and `J K` move through the rows, Enter opens the menu of one. */
function onRowKey(event: KeyboardEvent<HTMLUListElement>): void {
  const { target, key, currentTarget } = event;
  if (!(target instanceof HTMLElement) || event.nativeEvent.isComposing) return;
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const about = aboutOf(target.dataset.about);
  if (key === 'Enter' && about) {
    const { left, bottom } = target.getBoundingClientRect();
    openMenu(about, left, bottom);
  } else {
    const rows = [...currentTarget.querySelectorAll<HTMLElement>('[data-call]')];
    const to = moveInGrid(
      key,
      rows.indexOf(target),
      rows.map((_, top) => ({ left: 0, top })),
    );
    if (to === null) return;
    rows[to]?.focus();
  }
  event.preventDefault();
}

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
  const [focused, setFocused] = useState<string | null>(null);
  const isShown = shown.some(({ callRef }) => callRef === focused);
  const active = isShown ? focused : (shown[0]?.callRef ?? null);
  return (
    <section className={styles.block} aria-label={t('calls')} data-testid="board-calls">
      <SectionHead title={t('calls')} count={t('callsCount', { count: all, waiting })} />
      {shown.length === 0 ? <p className="small">{t('noCalls')}</p> : null}
      <ul
        className={cx('scroll', styles.calls)}
        onKeyDown={onRowKey}
        onFocus={({ target }) => setFocused(target.dataset.call ?? null)}
      >
        {shown.map((call) => (
          <CallRow
            key={call.callRef}
            call={call}
            active={call.callRef === active}
            agent={call.agentId === null ? null : (agents?.get(call.agentId)?.name ?? null)}
          />
        ))}
      </ul>
    </section>
  );
}
