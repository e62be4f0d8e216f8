import { IconCircleFilled, IconMessage, IconPlus } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { breakReasons } from '#shared/domain/agents/agentState.ts';
import type { BoardAgent } from '#shared/sync/board.ts';
import { boardStore, useBoard } from '../../store/board.ts';
import { useDesk } from '../../store/desk.ts';
import { AgentStateIcon } from '../../ui/AgentStateIcon.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { useAgentDeeds } from '../intervention/useAgentDeeds.ts';
import { MessageDialog } from '../messages/MessageDialog.tsx';
import styles from './board.module.css';
import { lookForHelp, useBoardMenuState } from './boardMenu.ts';
import { clockOf, useBoardWords } from './boardWords.ts';
import { Elapsed, useShownNow } from './Elapsed.tsx';
import { type Hand, helpersFor, oneTeamOf } from './queueHelpers.ts';

/** So many of each kind are offered; who has rested longest stands first. */
const mostShown = 6;

const noAgents: ReadonlyMap<string, BoardAgent> = new Map();

/** How the queue stands: who waits since when, and who could answer. */
function useStanding(queueId: string): string {
  const { t } = useTranslation('board');
  const figures = useBoard(({ board }) => board?.figures.get(queueId));
  const now = useShownNow();
  if (!figures) return '';
  const { waiting, waitingSince, ready, signedIn } = figures;
  const longest = clockOf(waitingSince === null ? null : now - waitingSince);
  return t('hands.standing', { count: waiting, longest, ready, signedIn });
}

function Hands({
  title,
  hands,
  action,
}: {
  title: string;
  hands: readonly Hand[];
  action: (hand: Hand) => ReactNode;
}) {
  const { t } = useTranslation('board');
  const about = useHandWords();
  if (hands.length === 0) return null;
  return (
    <section aria-label={title}>
      <SectionHead title={title} count={hands.length} />
      <ul>
        {hands.slice(0, mostShown).map((hand) => (
          <li key={hand.agent.agentId} className={styles.hand} data-testid="hand">
            <AgentStateIcon state={hand.agent.state} size={14} />
            <span className="cut medium">{hand.agent.name}</span>
            <Elapsed since={hand.agent.since} className="small" />
            <span className="cut small grow" title={about(hand)}>
              {about(hand)}
            </span>
            {action(hand)}
          </li>
        ))}
      </ul>
      {hands.length > mostShown ? (
        <p className="small">{t('moreAlerts', { count: hands.length - mostShown })}</p>
      ) : null}
    </section>
  );
}

/** The state, on a break its reason, and the queues, such as "Lunch · After-sales service". */
function useHandWords(): (hand: Hand) => string {
  const { t } = useTranslation('board');
  const words = useBoardWords();
  return ({ agent: { state, reason, queueIds } }) => {
    const known = breakReasons.find((one) => state === 'break' && one === reason);
    const stateWord = known ? t(`common:breakReason.${known}`) : t(`common:agentState.${state}`);
    return `${stateWord} · ${queueIds.map(words.queue).join(t('comma')) || t('noQueues')}`;
  };
}

/** Why what is chosen here takes no effect, or not everywhere; null where it does. */
function useHindrance(): string | null {
  const { t } = useTranslation('board');
  const offline = useDesk((desk) => desk.sync.state === 'offline');
  const connector = useDesk((desk) => desk.supervision.connector.state);
  if (offline) return t('hands.offline');
  if (connector === 'blind') return t('intervention:queues.later');
  return connector === 'absent' ? t('intervention:queues.addedNone') : null;
}

function Choices({ queueId, onWrite }: { queueId: string; onWrite: () => void }) {
  const { t } = useTranslation('board');
  const words = useBoardWords();
  const { rest, addToQueue } = useAgentDeeds();
  const agents = useBoard(({ board }) => board?.agents ?? noAgents);
  const me = useDesk((desk) => desk.session.user);
  const offline = useDesk((desk) => desk.sync.state === 'offline');
  const hindrance = useHindrance();
  const standing = useStanding(queueId);
  const [asked, setAsked] = useState<string | null>(null);
  const { elsewhere, onBreak, busy } = helpersFor(agents.values(), { queueId, me });

  /** One step after the other; what was refused is said, and the rest left undone. */
  async function ask({ agent, steps }: Hand): Promise<void> {
    const actedOn = { id: agent.agentId, name: agent.name };
    const queue = { id: queueId, name: words.queue(queueId) };
    setAsked(agent.agentId);
    for (const step of steps) {
      const done = await (step === 'add'
        ? addToQueue(actedOn, queue)
        : rest(actedOn, { state: 'ready' }));
      if (!done) break;
    }
    setAsked(null);
  }

  const [first] = [...elsewhere, ...onBreak, ...busy];

  function button(hand: Hand): ReactNode {
    const { steps, agent } = hand;
    const Icon = steps.includes('add') ? IconPlus : IconCircleFilled;
    const label = t(steps.length > 1 ? 'hands.addReady' : `hands.${steps[0] ?? 'add'}`);
    return (
      <Button
        size="sm"
        icon={<Icon size={steps.includes('add') ? 14 : 12} aria-hidden="true" />}
        aria-label={`${label}: ${agent.name}`}
        disabled={offline || asked !== null}
        data-testid="hand-do"
        data-autofocus={hand.agent.agentId === first?.agent.agentId || undefined}
        onClick={() => void ask(hand)}
      >
        {label}
      </Button>
    );
  }

  return (
    <div className={styles.hands} data-testid="hands">
      <p>{standing}</p>
      {hindrance === null ? null : <p className="small tone-warn">{hindrance}</p>}
      {elsewhere.length + onBreak.length + busy.length === 0 ? (
        <p className="muted">{t('hands.nobody')}</p>
      ) : null}
      <Hands title={t('hands.elsewhere')} hands={elsewhere} action={button} />
      <Hands title={t('hands.onBreak')} hands={onBreak} action={button} />
      <Hands title={t('hands.busy')} hands={busy} action={button} />
      <div className={styles.handsEnd}>
        <Button
          icon={<IconMessage size={16} aria-hidden="true" />}
          data-testid="hands-write"
          data-autofocus={offline || first === undefined || undefined}
          onClick={onWrite}
        >
          {t('hands.write')}
        </Button>
      </div>
    </div>
  );
}

/** What can be done now for a queue with too few hands: who could help, and a message to the team. */
export function QueueHelp() {
  const { t } = useTranslation('board');
  const words = useBoardWords();
  const { helpFor } = useBoardMenuState();
  const [written, setWritten] = useState<{ teamId: string | null; begun: string } | null>(null);

  function write(queueId: string): void {
    const { board } = boardStore.getState();
    const figures = board?.figures.get(queueId);
    const begun = t('hands.begun', { queue: words.queue(queueId), count: figures?.waiting ?? 0 });
    setWritten({ teamId: oneTeamOf(board?.agents.values() ?? [], queueId), begun });
    lookForHelp(null);
  }

  const to = written?.teamId ?? null;
  return (
    <>
      <Dialog
        opened={helpFor !== null}
        onClose={() => lookForHelp(null)}
        title={t('hands.title', { queue: helpFor === null ? '' : words.queue(helpFor) })}
        width={520}
      >
        {helpFor === null ? null : (
          <Choices key={helpFor} queueId={helpFor} onWrite={() => write(helpFor)} />
        )}
      </Dialog>
      <MessageDialog
        to={written && (to === null ? { audience: 'all' } : { audience: 'team', teamId: to })}
        choosing
        begun={written?.begun ?? ''}
        onClose={() => setWritten(null)}
      />
    </>
  );
}
