import {
  IconAlertOctagon,
  IconAlertTriangle,
  IconBell,
  IconEar,
  IconMoon,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListenMode } from '#shared/domain/calls/listening.ts';
import { type Alert, isQuiet } from '#shared/domain/supervision/alerts.ts';
import { useBridge } from '../../app/bridge.tsx';
import { useFormat } from '../../i18n/useFormat.ts';
import { boardStore, useBoard } from '../../store/board.ts';
import { useDesk, usePart } from '../../store/desk.ts';
import { Button } from '../../ui/Button.tsx';
import { cx } from '../../ui/cx.ts';
import { SectionHead } from '../../ui/SectionHead.tsx';
import type { Supervising } from '../team/useSupervision.ts';
import { canBeHeard } from './agents/AgentGrid.tsx';
import { useAlerts } from './alerts/alertStore.ts';
import styles from './board.module.css';
import { choose, useChoice } from './boardChoice.ts';
import { useBoardWords } from './boardWords.ts';
import { useShownNow } from './Elapsed.tsx';

/** So many are listed; the tiles show the colours of all. */
const mostShown = 30;

function AlertLine({
  alert,
  supervising,
  onListen,
}: {
  alert: Alert;
  supervising: Supervising;
  onListen: (agentId: string, mode: ListenMode) => void;
}) {
  const { t } = useTranslation('board');
  const words = useBoardWords();
  const format = useFormat();
  const me = useDesk((desk) => desk.session.user?.id);
  const { subject, level } = alert;
  const agentId = 'agentId' in subject ? subject.agentId : null;
  const agent = useBoard(({ board }) =>
    agentId === null ? undefined : board?.agents.get(agentId),
  );
  const call = useBoard(({ board }) =>
    agent?.callRef ? board?.calls.get(agent.callRef) : undefined,
  );
  const canListen =
    agent !== undefined &&
    supervising.may &&
    supervising.obstacle === null &&
    canBeHeard(agent, me);
  const Icon = level === 'alarm' ? IconAlertOctagon : IconAlertTriangle;
  const about = [words.alertLimit(alert), agent ? words.doing(agent, call) : null];
  return (
    <li className={styles.alert} data-testid="board-alert" data-alert={alert.id} data-level={level}>
      <span className={level === 'alarm' ? 'tone-error' : 'tone-warn'} title={t(`level.${level}`)}>
        <Icon size={16} aria-hidden="true" />
        <span className="for-readers">{t(`level.${level}`)}</span>
      </span>
      <span className="cut medium">{words.alertTitle(alert, agent?.name ?? '')}</span>
      <span className="small">{format.time(alert.since)}</span>
      <span className={styles.alertMore}>
        <span className="cut small grow">{about.filter(Boolean).join(' · ')}</span>
        {canListen && agentId !== null ? (
          <Button
            size="sm"
            icon={<IconEar size={14} aria-hidden="true" />}
            onClick={() => onListen(agentId, 'listen')}
          >
            {t('team:listen.listen')}
          </Button>
        ) : null}
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

/** Whether an alert is of what is looked at. */
function isOfChoice(alert: Alert, queueId: string | null, teamId: string | null): boolean {
  const { subject } = alert;
  if ('queueId' in subject) return queueId === null || subject.queueId === queueId;
  const agent = boardStore.getState().board?.agents.get(subject.agentId);
  if (!agent) return false;
  return (
    (queueId === null || agent.queueIds.includes(queueId)) &&
    (teamId === null || agent.teamId === teamId)
  );
}

/** What is over a threshold now, alarms first. */
export function AlertPanel({
  supervising,
  onListen,
}: {
  supervising: Supervising;
  onListen: (agentId: string, mode: ListenMode) => void;
}) {
  const { t } = useTranslation('board');
  const { queueId, teamId } = useChoice();
  const alerts = useAlerts().filter((alert) => isOfChoice(alert, queueId, teamId));
  const rules = usePart('supervision');
  const now = useShownNow();
  const [permission, setPermission] = useState(() => globalThis.Notification?.permission);
  const mayAsk = useBridge().shell === 'browser' && permission === 'default';
  const quiet = rules !== null && isQuiet(rules, now);
  return (
    <section className={styles.block} aria-label={t('alerts')} data-testid="board-alerts">
      <SectionHead
        title={t('alerts')}
        count={<span role="status">{t('open', { count: alerts.length })}</span>}
        action={
          mayAsk ? (
            <Button
              size="sm"
              icon={<IconBell size={14} aria-hidden="true" />}
              onClick={() => void Notification.requestPermission().then(setPermission)}
            >
              {t('notifyMe')}
            </Button>
          ) : quiet ? (
            <span className={`row small ${styles.quiet}`}>
              <IconMoon size={14} aria-hidden="true" />
              {t('quietNow')}
            </span>
          ) : undefined
        }
      />
      {alerts.length === 0 ? <p className="small">{t('noAlerts')}</p> : null}
      <ul className={cx('scroll', styles.alerts)} tabIndex={alerts.length > 5 ? 0 : undefined}>
        {alerts.slice(0, mostShown).map((alert) => (
          <AlertLine key={alert.id} alert={alert} supervising={supervising} onListen={onListen} />
        ))}
      </ul>
      {alerts.length > mostShown ? (
        <p className="small">{t('moreAlerts', { count: alerts.length - mostShown })}</p>
      ) : null}
    </section>
  );
}
