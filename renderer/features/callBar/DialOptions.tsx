import { Combobox } from '@mantine/core';
import { IconPhoneIncoming, IconPhoneOutgoing, IconPhoneX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { RecentCall } from '#shared/contract/models/calls.ts';
import { keysOf } from '../../app/hotkeys.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { AgentStateIcon } from '../../ui/AgentStateIcon.tsx';
import { KeyCap } from '../../ui/KeyCap.tsx';
import styles from './DialField.module.css';
import type { Target } from './useDirectory.ts';

function RecentIcon({ recent }: { recent: RecentCall }) {
  const missed = recent.result !== 'answered';
  const Icon =
    recent.direction === 'out' ? IconPhoneOutgoing : missed ? IconPhoneX : IconPhoneIncoming;
  return (
    <span className={missed && recent.direction === 'in' ? 'tone-error' : 'muted'}>
      <Icon size={14} aria-hidden="true" />
    </span>
  );
}

/** The calls of the last days, newest first; the one that the redial key dials shows it. */
export function RecentOptions({ recents }: { recents: readonly RecentCall[] }) {
  const { t } = useTranslation('callBar');
  const format = useFormat();
  const redial = recents.findIndex(({ direction }) => direction === 'out');
  return (
    <Combobox.Group label={t('recents')}>
      {recents.map((recent, at) => (
        <Combobox.Option
          key={`${recent.at}:${recent.number.raw}`}
          value={`recent:${at}`}
          className={styles.option}
          data-testid="recent-call"
        >
          <RecentIcon recent={recent} />
          <span className="cut medium">{recent.name ?? recent.number.display}</span>
          {recent.name ? <span className={styles.hint}>{recent.number.display}</span> : null}
          <span className={styles.when}>
            {at === redial ? <KeyCap keys={keysOf('call.redial')} /> : null}
            {format.moment(recent.at)}
          </span>
        </Combobox.Option>
      ))}
    </Combobox.Group>
  );
}

/** Colleagues, queues and numbers of the centre that match the name being typed. */
export function DirectoryOptions({ targets }: { targets: readonly Target[] }) {
  const { t } = useTranslation('callBar');
  return (
    <Combobox.Group label={t('find.list')}>
      {targets.map((target, at) => (
        <Combobox.Option
          key={`${target.kind}:${target.id}`}
          value={`target:${at}`}
          className={styles.option}
          data-testid="dial-target"
        >
          {target.kind === 'agent' ? (
            <AgentStateIcon state={target.state ?? 'signedOut'} size={14} />
          ) : (
            <span className="muted">
              <IconPhoneOutgoing size={14} aria-hidden="true" />
            </span>
          )}
          <span className="cut medium">{target.name}</span>
          <span className={styles.when}>
            {target.kind === 'agent'
              ? t(`common:agentState.${target.state ?? 'signedOut'}`)
              : t(`find.kinds.${target.kind}`)}
          </span>
        </Combobox.Option>
      ))}
    </Combobox.Group>
  );
}
