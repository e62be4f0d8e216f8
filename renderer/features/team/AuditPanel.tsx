import { IconHistory, IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type AuditEntry, type AuditSubject, auditSubjects } from '#shared/domain/audit.ts';
import { useQuery, useRun } from '../../app/bridge.tsx';
import { useFailureText } from '../../i18n/useFailureText.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useDesk, useMayDo } from '../../store/desk.ts';
import { Button } from '../../ui/Button.tsx';
import { cx } from '../../ui/cx.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { useSidePanel } from '../../ui/useSidePanel.ts';
import styles from './team.module.css';

const pageSize = 50;

/** What was read after that first page; another one, with newer lines, has pushed others over its end. */
interface Older {
  after: readonly AuditEntry[] | null;
  entries: readonly AuditEntry[];
  exhausted: boolean;
}

const nothingOlder: Older = { after: null, entries: [], exhausted: false };

/** What follows at once from having been asked says more than the asking. */
function isShown({ action }: AuditEntry): boolean {
  return !action.endsWith('.asked') || action === 'data.export.asked';
}

function AuditLine({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation('team');
  const format = useFormat();
  const failureText = useFailureText();
  const { action, at, userName: who, agentName: whom, mode, reason } = entry;
  const own = entry.userId !== null && entry.userId === entry.agentId;
  return (
    <li className={styles.auditLine} data-testid="audit-line" data-action={action}>
      <time className="small" dateTime={new Date(at).toISOString()}>
        {format.moment(at)}
      </time>
      <span>
        {t(`audit.${action}`, {
          who,
          whom: own ? '' : whom,
          mode: mode ? t(`listen.${mode}`) : '',
        })}
      </span>
      {entry.detail === undefined ? null : <span className="small">{entry.detail}</span>}
      {reason ? (
        // A code of a newer server has no words here.
        <span className="small">{failureText({ code: reason as 'internal' })}</span>
      ) : null}
    </li>
  );
}

/** What was done to running calls, what records went in and out, who managed keys: newest first, from the server. */
export function AuditPanel({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('team');
  const { panel, close } = useSidePanel(onClose);
  const run = useRun();
  const failureText = useFailureText();
  const [about, setAbout] = useState<AuditSubject>('calls');
  const maySeeKeys = useMayDo('integrations.manage');
  const maySeeSettings = useMayDo('configuration.write');
  const maySeeTeam = useMayDo('team.manage');
  const isSeen: Partial<Record<AuditSubject, boolean>> = {
    integrations: maySeeKeys,
    configuration: maySeeSettings,
    team: maySeeTeam,
  };
  const subjects = auditSubjects.filter((one) => isSeen[one] ?? true);
  const first = useQuery('team.audit', { about, before: null, limit: pageSize });
  const listening = useDesk((desk) => desk.supervision.listening);
  const [read, setRead] = useState<Older>(nothingOlder);
  const { reload } = first;
  const older = read.after === first.data ? read : nothingOlder;
  const entries = [...(first.data ?? []), ...older.entries];
  const isWhole = older.exhausted || (first.data !== null && first.data.length < pageSize);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what this desk does is written down: look again
  useEffect(() => reload(), [listening?.mode, listening?.state, reload]);

  async function readOn(): Promise<void> {
    const last = entries.at(-1);
    if (!last) return;
    const next = await run('team.audit', { about, before: last.at, limit: pageSize });
    if (!next) return;
    const exhausted = next.length < pageSize;
    setRead({ after: first.data, entries: [...older.entries, ...next], exhausted });
  }

  return (
    <section
      className={styles.panel}
      aria-label={t('audit.title')}
      data-testid="audit-panel"
      {...panel}
    >
      <header className={styles.auditHead}>
        <div className="row">
          <h2 className="grow">{t('audit.title')}</h2>
          <IconButton
            label={t('common:actions.close')}
            icon={<IconX size={16} aria-hidden="true" />}
            onClick={close}
          />
        </div>
        <Segmented
          className={styles.auditSubjects ?? ''}
          label={t('audit.subjects')}
          value={about}
          options={subjects.map((one) => ({ value: one, label: t(`audit.subject.${one}.word`) }))}
          onChange={setAbout}
        />
        <p className="small">{t(`audit.subject.${about}.about`)}</p>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by key */}
      <div className={cx('scroll', styles.panelBody)} tabIndex={0}>
        {first.failure ? (
          <p className="tone-error" role="alert">
            {failureText(first.failure)}
          </p>
        ) : null}
        {first.loading ? <Skeleton widths={[60, 40, 70]} /> : null}
        {first.data?.length === 0 ? (
          <EmptyState
            icon={<IconHistory size={20} aria-hidden="true" />}
            title={t(`audit.subject.${about}.empty`)}
            text={t('audit.emptyHint')}
          />
        ) : null}
        <ul>
          {entries.filter(isShown).map((entry) => (
            <AuditLine key={entry.id} entry={entry} />
          ))}
        </ul>
        {entries.length > 0 && !isWhole ? (
          <Button size="sm" onClick={() => void readOn()}>
            {t('common:actions.loadMore')}
          </Button>
        ) : null}
      </div>
    </section>
  );
}
