import { IconDownload, IconTrash } from '@tabler/icons-react';
import { type MouseEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '#shared/result.ts';
import type { FileFailure, ImportView } from '#shared/sync/importing.ts';
import { useInvoke } from '../../app/bridge.tsx';
import { useLanguage } from '../../i18n/useFormat.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { Asked } from '../integrations/Asked.tsx';
import { ImportSettings } from './ImportSettings.tsx';
import styles from './importing.module.css';
import { ResultBox } from './ResultBox.tsx';
import { useDownload } from './useDownload.ts';
import { useFileFailure, useTransferFailure } from './words.ts';

/** The rest of what stops an import is in the file, and would stop it again. */
const passing: readonly FileFailure[] = ['disk-full', 'internal'];

/** What can be done with an import in its present state, and what came of it so far. */
export function ImportStage({
  view,
  reload,
  onGone,
}: {
  view: ImportView;
  reload: () => void;
  onGone: () => void;
}) {
  const { t } = useTranslation('importing');
  const failureText = useTransferFailure();
  const fileFailure = useFileFailure();
  const language = useLanguage();
  const invoke = useInvoke();
  const download = useDownload();
  const [refusal, setRefusal] = useState<Failure | null>(null);
  const [asking, setAsking] = useState<'cancel' | 'remove' | null>(null);
  const asker = useRef<HTMLElement>(null);
  const result = useRef<HTMLDivElement>(null);
  const before = useRef(view.state);
  const importId = view.id;
  const isOpen = view.state === 'ready' || view.state === 'checked';
  const isBusy = view.state === 'running' || view.state === 'checking';
  const goesOn =
    view.state === 'failed' && (!view.failure || passing.includes(view.failure.failure));

  useEffect(() => {
    // The buttons stand below; what came of them, above.
    if (before.current !== view.state) result.current?.scrollIntoView({ block: 'nearest' });
    before.current = view.state;
  }, [view.state]);

  const act = async (name: 'importing.cancel' | 'importing.remove') => {
    setAsking(null);
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
  const ask = (what: 'cancel' | 'remove') => (event: MouseEvent<HTMLElement>) => {
    asker.current = event.currentTarget;
    setAsking(what);
  };
  const keep = () => {
    setAsking(null);
    asker.current?.focus();
  };
  const remove = (
    <Button
      icon={<IconTrash size={16} aria-hidden="true" />}
      data-testid="import-remove"
      onClick={ask('remove')}
    >
      {t('actions.remove')}
    </Button>
  );
  const question =
    asking !== null && (asking === 'cancel') === isBusy ? (
      <div className={styles.question}>
        <Asked
          text={t(
            asking === 'cancel' ? 'ask.cancel' : isOpen ? 'ask.removeOpen' : 'ask.removeDone',
          )}
          yes={t(asking === 'cancel' ? 'ask.cancelYes' : 'ask.removeYes')}
          no={t(asking === 'cancel' ? 'ask.cancelNo' : 'ask.removeNo')}
          onYes={() => void act(asking === 'cancel' ? 'importing.cancel' : 'importing.remove')}
          onNo={keep}
        />
      </div>
    ) : null;
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
      {view.state === 'uploading' ? (
        <Banner
          title={t('upload.progress', { percent: Math.floor((view.received / view.size) * 100) })}
          text={t('upload.left')}
        />
      ) : null}
      {view.counts ? (
        <div ref={result}>
          <ResultBox view={view} counts={view.counts} />
        </div>
      ) : null}
      {isOpen && listed === 0 ? null : (
        <div className={styles.actions}>
          {isBusy ? (
            <Button
              data-testid="import-cancel"
              // A check writes nothing, so there is nothing to think about.
              onClick={
                view.state === 'running' ? ask('cancel') : () => void act('importing.cancel')
              }
            >
              {t('actions.cancel')}
            </Button>
          ) : null}
          {goesOn ? (
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
          {isBusy || isOpen ? null : remove}
          {isOpen ? null : question}
        </div>
      )}
      {isOpen ? (
        <ImportSettings
          view={view}
          reload={reload}
          onRefused={setRefusal}
          aside={remove}
          question={question}
        />
      ) : null}
    </>
  );
}
