import { IconArrowLeft, IconDownload, IconPlayerPlay, IconTrash } from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '#shared/result.ts';
import type { ImportView, ImportWishes } from '#shared/sync/importing.ts';
import { useInvoke, useQuery } from '../../app/bridge.tsx';
import { hrefOf } from '../../app/routes.ts';
import { useFailureText } from '../../i18n/useFailureText.ts';
import { useLanguage } from '../../i18n/useFormat.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { Pill } from '../../ui/Pill.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { ListFailed } from '../tickets/ListStates.tsx';
import { ColumnTable } from './ColumnTable.tsx';
import { FormatBox } from './FormatBox.tsx';
import { toneOf } from './ImportList.tsx';
import styles from './importing.module.css';
import { ResultBox } from './ResultBox.tsx';
import { useDownload } from './useDownload.ts';
import { useFollowed } from './useFollowed.ts';
import { useFieldName, useFileFailure } from './words.ts';

/** One import: how its file is read, what becomes of its rows, and how far it is. */
export function ImportPanel({ importId, onGone }: { importId: string; onGone: () => void }) {
  const { t } = useTranslation('importing');
  const found = useQuery('importing.find', { importId });
  const { data: view, failure, reload } = found;
  useFollowed(view?.state === 'running' || view?.state === 'checking', reload);
  if (failure) return <ListFailed title={t('past.failed')} failure={failure} onAgain={reload} />;
  if (!view) return <Skeleton widths={[40, 70, 70]} />;
  return (
    <>
      <div className={styles.title}>
        <a className={styles.back} href={hrefOf('importing')} aria-label={t('actions.back')}>
          <IconArrowLeft size={16} aria-hidden="true" />
        </a>
        <h2 className="cut">{view.fileName}</h2>
        <Pill tone={toneOf[view.state]}>{t(`state.${view.state}`)}</Pill>
        <span className={styles.meta}>{t(`kinds.${view.kind}`)}</span>
      </div>
      <Stage view={view} reload={reload} onGone={onGone} />
    </>
  );
}

function Stage({
  view,
  reload,
  onGone,
}: {
  view: ImportView;
  reload: () => void;
  onGone: () => void;
}) {
  const { t } = useTranslation('importing');
  const failureText = useFailureText();
  const fileFailure = useFileFailure();
  const language = useLanguage();
  const invoke = useInvoke();
  const download = useDownload();
  const [refusal, setRefusal] = useState<Failure | null>(null);
  const importId = view.id;
  const isOpen = view.state === 'ready' || view.state === 'checked';
  const isBusy = view.state === 'running' || view.state === 'checking';

  const act = async (name: 'importing.cancel' | 'importing.remove') => {
    const done = await invoke(name, { importId });
    setRefusal(done.ok ? null : done.error);
    if (done.ok && name === 'importing.remove') onGone();
    else reload();
  };
  const goOn = async () => {
    if (!view.settings) return;
    const done = await invoke('importing.run', { importId, settings: view.settings });
    setRefusal(done.ok ? null : done.error);
    reload();
  };
  const remove = (
    <Button
      icon={<IconTrash size={16} aria-hidden="true" />}
      data-testid="import-remove"
      onClick={() => void act('importing.remove')}
    >
      {t('actions.remove')}
    </Button>
  );
  const listed = view.counts ? view.counts.wrong + view.counts.flagged : 0;
  return (
    <>
      {refusal ? (
        <Banner tone="error" title={t('startFailed')} text={failureText(refusal)} />
      ) : null}
      {view.failure ? <Banner tone="error" title={fileFailure(view.failure)} /> : null}
      {download.failure ? (
        <Banner tone="error" title={t('export.failed')} text={failureText(download.failure)} />
      ) : null}
      {view.counts ? <ResultBox view={view} counts={view.counts} /> : null}
      <div className={styles.actions}>
        {isBusy ? (
          <Button data-testid="import-cancel" onClick={() => void act('importing.cancel')}>
            {t('actions.cancel')}
          </Button>
        ) : null}
        {view.state === 'failed' ? (
          <Button variant="solid" data-testid="import-go-on" onClick={() => void goOn()}>
            {t('actions.goOn')}
          </Button>
        ) : null}
        {!isBusy && listed > 0 ? (
          <Button
            icon={<IconDownload size={16} aria-hidden="true" />}
            data-testid="import-errors"
            disabled={download.going}
            onClick={() =>
              void download.start(
                invoke('importing.problems', { importId, language }),
                `${view.fileName.replace(/\.\w+$/, '')}.errors.csv`,
              )
            }
          >
            {t('actions.errors')}
          </Button>
        ) : null}
        {!isBusy && !isOpen ? remove : null}
      </div>
      {isOpen ? (
        <Settings view={view} reload={reload} onRefused={setRefusal} aside={remove} />
      ) : null}
    </>
  );
}

/** What is detected and proposed, changed at will; looked at anew after each change. */
function Settings({
  view,
  reload,
  onRefused,
  aside,
}: {
  view: ImportView;
  reload: () => void;
  onRefused: (failure: Failure | null) => void;
  aside: ReactNode;
}) {
  const { t } = useTranslation('importing');
  const language = useLanguage();
  const invoke = useInvoke();
  const fileFailure = useFileFailure();
  const importId = view.id;
  const [wishes, setWishes] = useState<ImportWishes>(view.settings ?? {});
  const asked = useQuery('importing.preview', { importId, wishes, language });
  const [preview, setPreview] = useState(asked.data);
  useEffect(() => {
    if (asked.data) setPreview(asked.data);
  }, [asked.data]);
  const fieldName = useFieldName(view.kind, preview?.fields ?? []);

  if (asked.failure) {
    return <ListFailed title={t('previewFailed')} failure={asked.failure} onAgain={asked.reload} />;
  }
  if (!preview) return <Skeleton widths={[60, 70, 70, 70]} />;
  const change = (more: ImportWishes) => setWishes((now) => ({ ...now, ...more }));
  const start = async (name: 'importing.check' | 'importing.run') => {
    const done = await invoke(name, { importId, settings: preview.settings });
    onRefused(done.ok ? null : done.error);
    reload();
  };
  const ready = preview.missing.length === 0 && preview.failure === null && !asked.loading;
  return (
    <>
      {preview.failure ? <Banner tone="error" title={fileFailure(preview.failure)} /> : null}
      {preview.missing.length > 0 && !preview.failure ? (
        <Banner
          title={t('columns.missing', { fields: preview.missing.map(fieldName).join(', ') })}
        />
      ) : null}
      <FormatBox kind={view.kind} preview={preview} onChange={change} />
      <ColumnTable preview={preview} fieldName={fieldName} onChange={change} />
      <div className={styles.foot}>
        <Button
          variant={view.state === 'checked' ? 'default' : 'solid'}
          disabled={!ready}
          data-testid="import-check"
          onClick={() => void start('importing.check')}
        >
          {t('actions.check')}
        </Button>
        <Button
          variant={view.state === 'checked' ? 'solid' : 'default'}
          icon={<IconPlayerPlay size={16} aria-hidden="true" />}
          disabled={!ready}
          data-testid="import-run"
          onClick={() => void start('importing.run')}
        >
          {t('actions.run')}
        </Button>
        <span className="grow" />
        {aside}
      </div>
    </>
  );
}
