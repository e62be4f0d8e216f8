import { IconBroadcast, IconEarOff, IconHistory, IconUsers } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { TeamView } from '#shared/contract/models.ts';
import { useQuery } from '../../app/bridge.tsx';
import { goTo, useRoute } from '../../app/routes.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useDesk } from '../../store/desk.ts';
import { Button } from '../../ui/Button.tsx';
import { cx } from '../../ui/cx.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Pill } from '../../ui/Pill.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { JournalDetail } from '../journal/JournalDetail.tsx';
import { JournalTable } from '../journal/JournalTable.tsx';
import { ListFailed } from '../tickets/ListStates.tsx';
import table from '../tickets/tickets.module.css';
import { AgentTiles } from './AgentTiles.tsx';
import { AuditPanel } from './AuditPanel.tsx';
import { groupAgents } from './agentGroups.ts';
import styles from './team.module.css';
import { useSupervision } from './useSupervision.ts';

/** Stands in the address where a call's id would. */
const auditId = 'audit';

/** Whether what is shown is live, or as of the last time the server was reached. */
function LiveMark() {
  const { t } = useTranslation('team');
  const format = useFormat();
  const sync = useDesk((desk) => desk.sync);
  if (sync.state === 'online' || sync.state === 'first-sync') {
    return (
      <Pill tone="ok" icon={<IconBroadcast size={14} aria-hidden="true" />}>
        {t('live')}
      </Pill>
    );
  }
  const at = sync.lastSyncAt ?? sync.offlineSince;
  return <Pill tone="warn">{t('offline', { time: at === null ? '' : format.moment(at) })}</Pill>;
}

/** Why the tiles offer no listening in; nothing where they do. */
function ListeningMark() {
  const { t } = useTranslation('team');
  const format = useFormat();
  const { may, obstacle, blindSince, listening } = useSupervision();
  // Being offline is said beside it, and one's own call is on the screen.
  if (!may || listening || obstacle === null || obstacle === 'offline') return null;
  const time = blindSince === null ? '' : format.moment(blindSince);
  const tone = obstacle === 'ownCall' ? 'plain' : 'warn';
  return (
    <Pill
      tone={tone}
      icon={<IconEarOff size={14} aria-hidden="true" />}
      title={t(`obstacle.${obstacle}.hint`)}
    >
      {t(`obstacle.${obstacle}.word`, { time })}
    </Pill>
  );
}

function Agents({ team }: { team: TeamView | null }) {
  const { t } = useTranslation('team');
  const groups = useMemo(() => (team ? groupAgents(team.agents) : []), [team]);
  if (!team) return <Skeleton widths={[20, 60, 60, 20, 40]} />;
  if (groups.length === 0) {
    return (
      <EmptyState
        icon={<IconUsers size={20} aria-hidden="true" />}
        title={t('empty')}
        text={t('emptyHint')}
      />
    );
  }
  return <AgentTiles groups={groups} />;
}

/** What a supervisor watches: every agent's state and time in it, and the calls of the day. */
export function TeamPage() {
  const { t } = useTranslation('team');
  const { id } = useRoute();
  const { data, failure, reload } = useQuery('team.view', {}, [
    'presence',
    'call',
    'wrapUp',
    'ticket',
    'task',
    'user',
  ]);
  const entry = data?.calls.find((call) => call.callId === id);
  const { may } = useSupervision();
  const isAudit = may && id === auditId;
  const signedIn = data?.agents.filter((agent) => agent.state !== 'signedOut').length;
  if (failure) return <ListFailed title={t('failed')} failure={failure} onAgain={reload} />;
  return (
    <div className={styles.page} data-detail={entry !== undefined || isAudit}>
      <div className={styles.column}>
        <div className={table.bar}>
          <h1 className={styles.title}>{t('title')}</h1>
          {signedIn === undefined ? null : (
            <span className="small">{t('onLine', { count: signedIn })}</span>
          )}
          <LiveMark />
          <ListeningMark />
          {may ? (
            <Button
              size="sm"
              className={styles.atEnd}
              icon={<IconHistory size={14} aria-hidden="true" />}
              aria-expanded={isAudit}
              data-testid="open-audit"
              onClick={() => (isAudit ? goTo('team') : goTo('team', auditId))}
            >
              {t('audit.title')}
            </Button>
          ) : null}
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by key */}
        <section className={cx('scroll', styles.agents)} aria-label={t('region')} tabIndex={0}>
          <Agents team={data} />
        </section>
        <div className={styles.heading}>
          <h2>{t('latestCalls')}</h2>
          <span className="small">{data?.calls.length}</span>
        </div>
        <JournalTable
          entries={data?.calls ?? null}
          withAgent
          selectedId={id}
          onSelect={(callId) => goTo('team', callId)}
        />
      </div>
      {isAudit ? <AuditPanel onClose={() => goTo('team')} /> : null}
      {entry ? <JournalDetail entry={entry} onClose={() => goTo('team')} /> : null}
    </div>
  );
}
