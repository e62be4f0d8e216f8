import { IconBell, IconMoon } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListenMode } from '#shared/domain/calls/listening.ts';
import { type Alert, isQuiet } from '#shared/domain/supervision/alerts.ts';
import { useBridge } from '../../app/bridge.tsx';
import { boardStore } from '../../store/board.ts';
import { usePart } from '../../store/desk.ts';
import { Button } from '../../ui/Button.tsx';
import { cx } from '../../ui/cx.ts';
import { SectionHead } from '../../ui/SectionHead.tsx';
import type { Supervising } from '../team/useSupervision.ts';
import { AlertLine } from './AlertLine.tsx';
import { useAlerts } from './alerts/alertStore.ts';
import styles from './board.module.css';
import { useChoice } from './boardChoice.ts';
import { useShownNow } from './Elapsed.tsx';

/** So many are listed; the tiles show the colours of all. */
const mostShown = 30;

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
