import { Modal } from '@mantine/core';
import { IconCircleFilled, IconMessage, IconPlus } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { breakReasons } from '#shared/domain/agents/agentState.ts';
import type { BoardAgent } from '#shared/sync/board.ts';
import { boardStore, useBoard } from '../../store/board.ts';
import { useDesk, useMayDo } from '../../store/desk.ts';
import { AgentStateIcon } from '../../ui/AgentStateIcon.tsx';
import { Button } from '../../ui/Button.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { useAgentDeeds } from '../intervention/useAgentDeeds.ts';
import { MessageDialog } from '../messages/MessageDialog.tsx';
import styles from './board.module.css';
import { lookForHelp, useBoardMenuState } from './boardMenu.ts';
import { clockOf, useBoardWords } from './boardWords.ts';
import { Elapsed, useShownNow } from './Elapsed.tsx';
import { helpersFor, oneTeamOf } from './queueHelpers.ts';

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
  agents,
  about,
  action,
}: {
  title: string;
  agents: readonly BoardAgent[];
  about: (agent: BoardAgent) => string;
  action: (agent: BoardAgent) => ReactNode;
}) {
  const { t } = useTranslation('board');
  if (agents.length === 0) return null;
  return (
    <section aria-label={title}>
      <SectionHead title={title} count={agents.length} />
      <ul>
        {agents.slice(0, mostShown).map((agent) => (
          <li key={agent.agentId} className={styles.hand} data-testid="hand">
            <AgentStateIcon state={agent.state} size={14} />
            <span className="cut medium">{agent.name}</span>
            <Elapsed since={agent.since} className="small" />
            <span className="cut small grow" title={about(agent)}>
              {about(agent)}
            </span>
            {action(agent)}
          </li>
        ))}
      </ul>
      {agents.length > mostShown ? (
        <p className="small">{t('moreAlerts', { count: agents.length - mostShown })}</p>
      ) : null}
    </section>
  );
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
  const me = useDesk((desk) => desk.session.user?.id);
  const offline = useDesk((desk) => desk.sync.state === 'offline');
  const mayManage = useMayDo('team.manage');
  const hindrance = useHindrance();
  const standing = useStanding(queueId);
  const [busy, setBusy] = useState<string | null>(null);
  const { elsewhere, onBreak } = helpersFor(agents.values(), { queueId, me });

  async function act(agent: BoardAgent, deed: () => Promise<boolean>): Promise<void> {
    setBusy(agent.agentId);
    await deed();
    setBusy(null);
  }

  const button = (
    agent: BoardAgent,
    label: string,
    icon: ReactNode,
    deed: () => Promise<boolean>,
  ) =>
    mayManage ? (
      <Button
        size="sm"
        icon={icon}
        aria-label={`${label}: ${agent.name}`}
        disabled={offline || busy !== null}
        data-testid="hand-do"
        onClick={() => void act(agent, deed)}
      >
        {label}
      </Button>
    ) : null;

  function reasonOf({ reason }: BoardAgent): string {
    const known = breakReasons.find((one) => one === reason);
    return known ? t(`common:breakReason.${known}`) : '';
  }

  return (
    <div className={styles.hands} data-testid="hands">
      <p>{standing}</p>
      {hindrance === null ? null : <p className="small tone-warn">{hindrance}</p>}
      {elsewhere.length + onBreak.length === 0 ? (
        <p className="muted">{t('hands.nobody')}</p>
      ) : null}
      <Hands
        title={t('hands.elsewhere')}
        agents={elsewhere}
        about={({ queueIds }) => queueIds.map(words.queue).join(t('comma')) || t('noQueues')}
        action={(agent) =>
          button(agent, t('hands.add'), <IconPlus size={14} aria-hidden="true" />, () =>
            addToQueue(
              { id: agent.agentId, name: agent.name },
              { id: queueId, name: words.queue(queueId) },
            ),
          )
        }
      />
      <Hands
        title={t('hands.onBreak')}
        agents={onBreak}
        about={reasonOf}
        action={(agent) =>
          button(agent, t('hands.ready'), <IconCircleFilled size={12} aria-hidden="true" />, () =>
            rest({ id: agent.agentId, name: agent.name }, { state: 'ready' }),
          )
        }
      />
      <div className={styles.handsEnd}>
        <Button
          icon={<IconMessage size={16} aria-hidden="true" />}
          data-testid="hands-write"
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
      <Modal
        opened={helpFor !== null}
        onClose={() => lookForHelp(null)}
        title={t('hands.title', { queue: helpFor === null ? '' : words.queue(helpFor) })}
        size={520}
        closeButtonProps={{ 'aria-label': t('common:actions.close') }}
      >
        {helpFor === null ? null : (
          <Choices key={helpFor} queueId={helpFor} onWrite={() => write(helpFor)} />
        )}
      </Modal>
      <MessageDialog
        to={written && (to === null ? { audience: 'all' } : { audience: 'team', teamId: to })}
        choosing
        begun={written?.begun ?? ''}
        onClose={() => setWritten(null)}
      />
    </>
  );
}
