import { IconDeviceTv, IconHistory } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { BoardAgent } from '#shared/sync/board.ts';
import { keysOf } from '../../app/hotkeys.ts';
import { goTo } from '../../app/routes.ts';
import { useTeamName } from '../../i18n/useTeamName.ts';
import { useBoard } from '../../store/board.ts';
import { Button } from '../../ui/Button.tsx';
import { Select } from '../../ui/Select.tsx';
import { HelpHistory } from '../intervention/HelpHistory.tsx';
import { SendMessage } from '../intervention/SendMessage.tsx';
import { countStates, teamsOf } from './agents/agentOrder.ts';
import styles from './board.module.css';
import { choose, useChoice } from './boardChoice.ts';
import { useBoardWords } from './boardWords.ts';
import { LiveMark } from './LiveMark.tsx';
import { auditId, openWall, wallButtonId } from './places.ts';
import { mostWholeTiles } from './QueueTiles.tsx';
import { queueOrders } from './queueOrder.ts';

const noAgents: ReadonlyMap<string, BoardAgent> = new Map();
/** Stands in a list of choices for all of them. */
const all = '*';

/** How many are signed in, talk, are ready. */
function FloorNow() {
  const { t } = useTranslation('board');
  const agents = useBoard(({ board }) => board?.agents ?? noAgents);
  const counts = useMemo(() => countStates(agents.values()), [agents]);
  const signedIn = agents.size - counts.signedOut;
  const words = t('floor', { signedIn, onCall: counts.onCall, ready: counts.ready });
  return (
    <span className={`small cut ${styles.floor}`} title={words} data-testid="board-floor">
      {words}
    </span>
  );
}

function Filters() {
  const { t } = useTranslation('board');
  const words = useBoardWords();
  const teamName = useTeamName();
  const { teamId, queueId, queueOrder } = useChoice();
  // As words: the lists are made anew only when there is another team or queue.
  const teamNames = useBoard(({ board }) => teamsOf(board?.agents.values() ?? []).join('\n'));
  const queueIds = useBoard(({ board }) => [...(board?.queues.keys() ?? [])].join('\n'));
  const teams = teamNames === '' ? [] : teamNames.split('\n');
  const queues = useMemo(
    () =>
      (queueIds === '' ? [] : queueIds.split('\n'))
        .map((id) => ({ value: id, label: words.queue(id) }))
        .sort((a, b) => a.label.localeCompare(b.label)),
    [queueIds, words],
  );
  return (
    <>
      {queues.length > mostWholeTiles ? (
        <Select
          aria-label={t('sortQueues')}
          value={queueOrder}
          options={queueOrders.map((value) => ({ value, label: t(`queueOrder.${value}`) }))}
          onChoose={(next) => choose({ queueOrder: next })}
        />
      ) : null}
      <Select
        aria-label={t('filterQueue')}
        data-testid="filter-queue"
        className={styles.filter}
        value={queueId ?? all}
        options={[{ value: all, label: t('allQueues') }, ...queues]}
        onChoose={(value) => choose({ queueId: value === all ? null : value })}
      />
      {teams.length > 0 ? (
        <Select
          aria-label={t('filterTeam')}
          data-testid="filter-team"
          className={styles.filter}
          value={teamId ?? all}
          options={[
            { value: all, label: t('allTeams') },
            ...teams.map((team) => ({ value: team, label: teamName(team) })),
          ]}
          onChoose={(value) => choose({ teamId: value === all ? null : value })}
        />
      ) : null}
    </>
  );
}

/** The line above the board: how fresh it is, who is there, what is shown, and other ways to look at it. */
export function BoardHead({ isAudit, mayAudit }: { isAudit: boolean; mayAudit: boolean }) {
  const { t } = useTranslation('board');
  return (
    <>
      <LiveMark />
      <FloorNow />
      <div className={styles.tools}>
        <Filters />
        <HelpHistory size="md" />
        <SendMessage size="md" />
        {mayAudit ? (
          <Button
            icon={<IconHistory size={16} aria-hidden="true" />}
            aria-expanded={isAudit}
            data-testid="open-audit"
            onClick={() => (isAudit ? goTo('board') : goTo('board', auditId))}
          >
            {t('team:audit.title')}
          </Button>
        ) : null}
        <Button
          icon={<IconDeviceTv size={16} aria-hidden="true" />}
          keys={keysOf('board.wall')}
          id={wallButtonId}
          data-testid="open-wall"
          onClick={openWall}
        >
          {t('wall.open')}
        </Button>
      </div>
    </>
  );
}
