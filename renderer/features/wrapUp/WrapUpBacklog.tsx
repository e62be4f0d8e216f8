import { IconAlertTriangle, IconCheck, IconChecklist, IconCloudOff } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BacklogEntry } from '#shared/contract/models/calls.ts';
import { useQuery } from '../../app/bridge.tsx';
import { useFailureText } from '../../i18n/useFailureText.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useDesk } from '../../store/desk.ts';
import { Button } from '../../ui/Button.tsx';
import { cx } from '../../ui/cx.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { WrapUpBody } from './WrapUpBody.tsx';
import styles from './wrapUp.module.css';
import { fieldsOf } from './wrapUpFields.ts';

/**
 * Calls that wait for their wrap-up, without the one whose form is open right now; read again when a
 * call is parked or finished.
 */
function useBacklog() {
  const query = useQuery('wrapUps.backlog', {}, ['wrapUp', 'call']);
  const { reload } = query;
  const calls = useDesk((desk) => desk.calls);
  const states = calls.map((call) => `${call.id}:${call.wrapUp}`).join();
  const due = calls.filter((call) => call.wrapUp === 'due').map((call) => call.id);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a call that was parked or finished asks again
  useEffect(reload, [reload, states]);
  const data = query.data?.filter((entry) => !due.includes(entry.callId)) ?? null;
  return { ...query, data };
}

function useWho(): (entry: BacklogEntry) => string {
  const { t } = useTranslation('common');
  return (entry) => entry.customerName ?? (entry.numberDisplay || t('numberWithheld'));
}

function EntryState({ entry }: { entry: BacklogEntry }) {
  const { t } = useTranslation('wrapUp');
  const missing = entry.draft ? entry.missing : null;
  const names = missing?.map((field) => t(`backlog.fields.${field}`)) ?? [];
  const complete = missing !== null && missing.length === 0;
  const words = missing === null ? t('backlog.nothingYet') : null;
  return (
    <span className={cx(styles.state, complete ? 'tone-ok' : 'tone-warn')}>
      {complete ? (
        <IconCheck size={14} aria-hidden="true" />
      ) : (
        <IconAlertTriangle size={14} aria-hidden="true" />
      )}
      {words ??
        (complete
          ? t('backlog.complete')
          : t('backlog.missing', { fields: names.join(t('backlog.listSeparator')) }))}
    </span>
  );
}

function BacklogList({ onOpen }: { onOpen: (entry: BacklogEntry) => void }) {
  const { t } = useTranslation(['wrapUp', 'fields']);
  const format = useFormat();
  const textOf = useFailureText();
  const who = useWho();
  const { data, failure, reload } = useBacklog();
  const first = useRef<HTMLButtonElement>(null);
  const isThere = data !== null;
  // The dialog gave the focus to its cross while the list was on its way.
  useEffect(() => {
    if (isThere) first.current?.focus();
  }, [isThere]);
  if (failure) {
    return (
      <EmptyState
        icon={<IconCloudOff size={20} aria-hidden="true" />}
        title={t('backlog.failed')}
        text={textOf(failure)}
        action={<Button onClick={reload}>{t('common:actions.retry')}</Button>}
      />
    );
  }
  if (!data) return <Skeleton widths={[70, 50, 70, 50]} />;
  if (data.length === 0) {
    return (
      <EmptyState
        icon={<IconChecklist size={20} aria-hidden="true" />}
        title={t('backlog.empty')}
        text={t('backlog.emptyHint')}
      />
    );
  }
  return (
    <ul data-testid="backlog-list">
      {data.map((entry, index) => (
        <li key={entry.callId}>
          <button
            type="button"
            className={styles.entry}
            data-testid="backlog-entry"
            {...(index === 0 ? { ref: first, 'data-autofocus': true } : {})}
            onClick={() => onOpen(entry)}
          >
            <span className="cut medium">{who(entry)}</span>
            <span className="small nowrap">
              {format.moment(entry.endedAt)}, {format.clock(entry.talkMs)}
            </span>
            <EntryState entry={entry} />
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Dialog with the calls not wrapped up yet; opens a parked call's form with what it already has. */
export function WrapUpBacklog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('wrapUp');
  const format = useFormat();
  const who = useWho();
  const calls = useDesk((desk) => desk.calls);
  const [entry, setEntry] = useState<BacklogEntry | null>(null);
  const close = () => {
    setEntry(null);
    onClose();
  };
  return (
    <Dialog
      opened={opened}
      onClose={entry ? () => setEntry(null) : close}
      title={t('backlog.title')}
      width={entry ? 640 : 480}
      closeName={entry ? t('backlog.back') : undefined}
    >
      <div data-testid="backlog" className={entry ? styles.parked : styles.backlog}>
        {entry ? (
          <WrapUpBody
            key={entry.callId}
            callId={entry.callId}
            note={t('who', { name: who(entry), talk: format.clock(entry.talkMs) })}
            initial={fieldsOf(entry.draft)}
            ticketIds={calls.find((call) => call.id === entry.callId)?.ticketIds ?? []}
            parked
            onDone={() => setEntry(null)}
          />
        ) : (
          <BacklogList onOpen={setEntry} />
        )}
      </div>
    </Dialog>
  );
}
