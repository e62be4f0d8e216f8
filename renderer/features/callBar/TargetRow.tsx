import { IconBuilding, IconPhone, IconUsersGroup } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { AgentStateIcon } from '../../ui/AgentStateIcon.tsx';
import { Timer } from '../../ui/Timer.tsx';
import styles from './FindPanel.module.css';
import type { Target } from './useDirectory.ts';

const icons = { queue: IconUsersGroup, external: IconBuilding, number: IconPhone } as const;

function TargetIcon({ target }: { target: Target }) {
  if (target.kind === 'agent')
    return <AgentStateIcon state={target.state ?? 'signedOut'} size={14} />;
  const Icon = icons[target.kind];
  return <Icon size={14} aria-hidden="true" />;
}

function AgentWords({ target }: { target: Target }) {
  const { t } = useTranslation('common');
  const state = target.state ?? 'signedOut';
  const reason = state === 'break' && target.reason ? `breakReason.${target.reason}` : null;
  return (
    <span className={styles.now}>
      {t(reason ?? `agentState.${state}`)}
      {target.since === null || state === 'signedOut' ? null : (
        <Timer since={target.since} className={styles.since} />
      )}
    </span>
  );
}

/** One whom a call can go to: who, what they do now, and why it did not work. */
export function TargetRow({
  id,
  target,
  selected,
  refused,
  onSelect,
}: {
  id: string;
  target: Target;
  selected: boolean;
  refused: string | null;
  onSelect: () => void;
}) {
  const { t } = useTranslation('callBar');
  const name = target.kind === 'number' ? t('find.typed', { number: target.name }) : target.name;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the focus and moves the choice
    <div
      id={id}
      role="option"
      aria-selected={selected}
      tabIndex={-1}
      className={styles.row}
      data-testid="find-target"
      data-kind={target.kind}
      data-target={target.target}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onSelect}
    >
      <TargetIcon target={target} />
      <span className={styles.who}>
        <span className="cut">{name}</span>
        {refused ? (
          <span className={styles.refused} data-testid="find-refused">
            {refused}
          </span>
        ) : null}
      </span>
      {target.kind === 'number' || target.kind === 'queue' ? null : (
        <span className={styles.number}>{target.target}</span>
      )}
      {target.kind === 'agent' ? <AgentWords target={target} /> : null}
    </div>
  );
}
