import {
  IconAlertOctagon,
  IconAlertTriangle,
  IconCircleFilled,
  IconEar,
  IconLifebuoy,
  IconMessage,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ListenMode } from '#shared/domain/calls/listening.ts';
import type { Alert } from '#shared/domain/supervision/alerts.ts';
import type { BoardAgent } from '#shared/sync/board.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useBoard } from '../../store/board.ts';
import { useDesk, useMayDo } from '../../store/desk.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { askAbout } from '../intervention/agentDialogs.ts';
import { mayMove } from '../intervention/mayMove.ts';
import { useAgentDeeds } from '../intervention/useAgentDeeds.ts';
import type { Supervising } from '../team/useSupervision.ts';
import { canBeHeard } from './agents/AgentGrid.tsx';
import { subjectOf } from './alerts/alertStore.ts';
import styles from './board.module.css';
import { choose } from './boardChoice.ts';
import { lookForHelp } from './boardMenu.ts';
import { useBoardWords } from './boardWords.ts';

interface Listens {
  supervising: Supervising;
  onListen: (agentId: string, mode: ListenMode) => void;
}

/** What is over a limit, and what can be done about it at once. */
export function AlertLine({ alert, ...listens }: { alert: Alert } & Listens) {
  const { t } = useTranslation('board');
  const words = useBoardWords();
  const format = useFormat();
  const { subject, level } = alert;
  const agentId = 'agentId' in subject ? subject.agentId : null;
  const agent = useBoard(({ board }) =>
    agentId === null ? undefined : board?.agents.get(agentId),
  );
  const call = useBoard(({ board }) =>
    agent?.callRef ? board?.calls.get(agent.callRef) : undefined,
  );
  const Icon = level === 'alarm' ? IconAlertOctagon : IconAlertTriangle;
  const about = [words.alertLimit(alert), agent ? words.doing(agent, call) : null];
  const shown = about.filter(Boolean).join(' · ');
  return (
    <li
      className={styles.alert}
      data-testid="board-alert"
      data-alert={alert.id}
      data-level={level}
      data-about={subjectOf(alert)}
    >
      <span className={level === 'alarm' ? 'tone-error' : 'tone-warn'} title={t(`level.${level}`)}>
        <Icon size={16} aria-hidden="true" />
        <span className="for-readers">{t(`level.${level}`)}</span>
      </span>
      <span className="cut medium">{words.alertTitle(alert, agent?.name ?? '')}</span>
      <span className="small">{format.time(alert.since)}</span>
      <span className={styles.alertMore}>
        <span className="cut small grow" title={shown}>
          {shown}
        </span>
        {'queueId' in subject ? <QueueRemedy queueId={subject.queueId} /> : null}
        {agent ? <AgentRemedies agent={agent} {...listens} /> : null}
        <Button
          size="sm"
          onClick={() =>
            choose(
              'queueId' in subject ? { queueId: subject.queueId } : { agentId: subject.agentId },
            )
          }
        >
          {t('look')}
        </Button>
      </span>
    </li>
  );
}

function QueueRemedy({ queueId }: { queueId: string }) {
  const { t } = useTranslation('board');
  const mayHelp = useMayDo('messages.send');
  if (!mayHelp) return null;
  return (
    <Button
      size="sm"
      icon={<IconLifebuoy size={14} aria-hidden="true" />}
      data-testid="alert-help"
      onClick={() => lookForHelp(queueId)}
    >
      {t('hands.open')}
    </Button>
  );
}

/** A long call: listen; long after-call work, or a long break: make ready; and a message to each. */
function AgentRemedies({ agent, supervising, onListen }: { agent: BoardAgent } & Listens) {
  const { t } = useTranslation('board');
  const { rest } = useAgentDeeds();
  const me = useDesk((desk) => desk.session.user);
  const mayWrite = useMayDo('messages.send');
  const { agentId, name, state } = agent;
  const canListen = supervising.may && supervising.obstacle === null && canBeHeard(agent, me?.id);
  if (agentId === me?.id) return null;
  return (
    <>
      {canListen ? (
        <Button
          size="sm"
          icon={<IconEar size={14} aria-hidden="true" />}
          data-testid="alert-listen"
          onClick={() => onListen(agentId, 'listen')}
        >
          {t('team:listen.listen')}
        </Button>
      ) : null}
      {mayMove(me, agent) && (state === 'wrapUp' || state === 'break') ? (
        <Button
          size="sm"
          icon={<IconCircleFilled size={12} aria-hidden="true" />}
          data-testid="alert-ready"
          onClick={() => void rest({ id: agentId, name }, { state: 'ready' })}
        >
          {t('hands.ready')}
        </Button>
      ) : null}
      {mayWrite ? (
        <IconButton
          label={t('alertWrite', { name })}
          className={styles.alertIcon}
          icon={<IconMessage size={14} aria-hidden="true" />}
          data-testid="alert-write"
          onClick={() => askAbout('message', { id: agentId, name })}
        />
      ) : null}
    </>
  );
}
