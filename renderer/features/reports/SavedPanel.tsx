import { IconSend, IconTrash, IconUsers, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReportRequest } from '#shared/domain/reports/request.ts';
import type { SavedReport } from '#shared/sync/reports.ts';
import { useQuery, useRun } from '../../app/bridge.tsx';
import { useFailureText } from '../../i18n/useFailureText.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useDesk, useMayDo } from '../../store/desk.ts';
import { tell } from '../../store/window.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Pill } from '../../ui/Pill.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { useSidePanel } from '../../ui/useSidePanel.ts';
import styles from './reports.module.css';
import { SavedForm } from './SavedForm.tsx';

/** Saved reports: open one, send it now, change or remove it; and save the one that is looked at. */
export function SavedPanel({
  request,
  onTake,
  onClose,
}: {
  request: ReportRequest;
  onTake: (request: ReportRequest) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation(['reports', 'common']);
  const failureText = useFailureText();
  const list = useQuery('reports.saved', {});
  const [edited, setEdited] = useState<SavedReport | 'new' | null>(null);
  const { data, failure, loading, reload } = list;
  const { panel, close } = useSidePanel(onClose);
  return (
    <section
      className={styles.drill}
      aria-label={t('saved.title')}
      data-testid="saved-panel"
      {...panel}
    >
      <header className={styles.drillHead}>
        <h2 className="grow">{t('saved.title')}</h2>
        <IconButton
          label={t('common:actions.close')}
          icon={<IconX size={16} aria-hidden="true" />}
          onClick={close}
        />
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by key */}
      <div className="scroll grow" tabIndex={0}>
        {loading ? (
          <div className={styles.loading}>
            <Skeleton widths={[60, 40]} />
          </div>
        ) : null}
        {failure ? (
          <p className={styles.problem} role="alert">
            {failureText(failure)}
          </p>
        ) : null}
        {data && edited === null ? (
          <div className={styles.block}>
            <Button variant="solid" data-testid="saved-new" onClick={() => setEdited('new')}>
              {t('saved.new')}
            </Button>
          </div>
        ) : null}
        {data && edited !== null ? (
          <SavedForm
            key={edited === 'new' ? 'new' : edited.id}
            saved={edited === 'new' ? null : edited}
            request={edited === 'new' ? request : edited.request}
            delivers={data.delivers}
            onDone={() => {
              setEdited(null);
              reload();
            }}
            onCancel={() => setEdited(null)}
          />
        ) : null}
        {data?.reports.length === 0 ? <p className={styles.nothing}>{t('saved.none')}</p> : null}
        <ul>
          {(data?.reports ?? []).map((saved) => (
            <SavedItem
              key={saved.id}
              saved={saved}
              onTake={() => onTake(saved.request)}
              onEdit={() => setEdited(saved)}
              onChanged={reload}
            />
          ))}
        </ul>
      </div>
    </section>
  );
}

function SavedItem({
  saved,
  onTake,
  onEdit,
  onChanged,
}: {
  saved: SavedReport;
  onTake: () => void;
  onEdit: () => void;
  onChanged: () => void;
}) {
  const { t } = useTranslation(['reports', 'reportCatalogue']);
  const run = useRun();
  const mayManage = useMayDo('reports.manage');
  const ownId = useDesk((desk) => desk.session.user?.id);
  const [asked, setAsked] = useState(false);
  const { id, name, shared, request, schedule, byName, byId } = saved;
  const mayChange = byId === ownId || mayManage;
  async function deliver(): Promise<void> {
    if (!(await run('reports.deliver', { id }))) return;
    tell(t('saved.sending', { name }));
    onChanged();
  }
  async function remove(): Promise<void> {
    if (await run('reports.remove', { id })) onChanged();
  }
  return (
    <li className={styles.savedItem} data-testid="saved-report">
      <div className="row">
        <button type="button" className={styles.savedName} onClick={onTake}>
          <span className="cut">{name}</span>
        </button>
        {shared ? <IconUsers size={14} aria-label={t('saved.sharedBy', { name: byName })} /> : null}
        <span className="grow" />
        {mayManage && saved.delivery ? (
          <IconButton
            label={t('saved.deliver')}
            icon={<IconSend size={14} aria-hidden="true" />}
            onClick={() => void deliver()}
          />
        ) : null}
        {mayChange ? (
          <Button size="sm" variant="ghost" onClick={onEdit}>
            {t('saved.change')}
          </Button>
        ) : null}
        {mayChange ? (
          <IconButton
            label={t('saved.remove', { name })}
            icon={<IconTrash size={14} aria-hidden="true" />}
            onClick={() => setAsked(!asked)}
          />
        ) : null}
      </div>
      <p className="small">
        {t(`reportCatalogue:report.${request.report}`)}
        {schedule ? ` · ${t(`saved.every.${schedule.every}`)}` : null}
      </p>
      <Runs saved={saved} />
      {asked ? (
        <div className="row">
          <Button size="sm" variant="end" onClick={() => void remove()}>
            {t('saved.removeSure')}
          </Button>
          <Button size="sm" variant="ghost" onClick={() => setAsked(false)}>
            {t('saved.keep')}
          </Button>
        </div>
      ) : null}
    </li>
  );
}

const tones = { waiting: 'plain', retrying: 'warn', delivered: 'ok', failed: 'error' } as const;

/** How the last deliveries went, and when the next is due. */
function Runs({ saved: { runs, nextAt } }: { saved: SavedReport }) {
  const { t } = useTranslation(['reports', 'reportCatalogue']);
  const format = useFormat();
  // The code before the colon is for people, what the mail server said after it for whoever mends it.
  const wordsOf = (error: string) =>
    t(`reportCatalogue:error.${error.split(':', 1)[0]}`, t('reportCatalogue:error.failed'));
  return (
    <>
      {nextAt === null ? null : (
        <p className="small">{t('saved.next', { time: format.moment(nextAt) })}</p>
      )}
      <ul className={styles.runs}>
        {runs.map(({ id, state, dueAt, deliveredAt, error }) => (
          <li key={id}>
            <Pill tone={tones[state]}>{t(`saved.state.${state}`)}</Pill>
            <span className="small cut" title={error ?? ''} data-testid="saved-run">
              {format.moment(deliveredAt ?? dueAt)} {error === null ? '' : wordsOf(error)}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
