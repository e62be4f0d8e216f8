import { IconFileImport, IconUpload } from '@tabler/icons-react';
import { type DragEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ImportKind, importKinds } from '#shared/sync/importing.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import styles from './importing.module.css';
import { LabelledChoice } from './LabelledChoice.tsx';
import { useFocusKept } from './useFocusKept.ts';
import { useUpload } from './useUpload.ts';
import { useTransferFailure } from './words.ts';

/** Where a file is chosen or dropped, and how far its upload is. */
export function FileDrop({ onDone }: { onDone: (importId: string) => void }) {
  const { t } = useTranslation('importing');
  const failureText = useTransferFailure();
  const [kind, setKind] = useState<ImportKind>('customers');
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const upload = useUpload(onDone);
  const percent = Math.floor(upload.share * 100);
  const isGoing = upload.fileName !== null && upload.failure === null;
  const choose = useFocusKept<HTMLButtonElement>(isGoing ? null : 'choose');
  const stop = useFocusKept<HTMLButtonElement>(isGoing ? 'stop' : null);

  const take = (file: File | undefined) => {
    if (file && !isGoing) void upload.send(kind, file);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files[0]);
  };
  return (
    <section className={styles.box} aria-label={t('tabs.import')}>
      <LabelledChoice
        label={t('what')}
        value={kind}
        options={importKinds.map((one) => ({ value: one, label: t(`kinds.${one}`) }))}
        onChange={setKind}
      />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way, the button inside is the first */}
      <div
        className={styles.drop}
        data-over={over}
        data-testid="import-drop"
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <IconFileImport size={24} aria-hidden="true" />
        {isGoing ? (
          <>
            <p className={`medium cut ${styles.sent}`}>{upload.fileName}</p>
            <progress
              className={styles.progress}
              max={1}
              value={upload.share}
              aria-label={t('state.uploading')}
            />
            <p className="muted" role="status">
              {t('upload.progress', { percent })}
            </p>
            <Button ref={stop} data-testid="import-stop" onClick={() => void upload.stop()}>
              {t('actions.cancel')}
            </Button>
          </>
        ) : (
          <>
            <p className="medium">{t('drop.title')}</p>
            <p className="muted">{t('drop.hint')}</p>
            <Button
              variant="solid"
              icon={<IconUpload size={16} aria-hidden="true" />}
              ref={choose}
              data-testid="import-choose"
              onClick={() => input.current?.click()}
            >
              {t('drop.choose')}
            </Button>
          </>
        )}
        <input
          ref={input}
          type="file"
          hidden
          data-testid="import-file"
          accept=".csv,.txt,.tsv,.xlsx,.vcf,text/csv,text/vcard"
          onChange={(event) => {
            take(event.currentTarget.files?.[0]);
            event.currentTarget.value = '';
          }}
        />
      </div>
      {upload.empty ? (
        <div className={styles.notice}>
          <Banner tone="error" title={t('failure.empty')} />
        </div>
      ) : null}
      {upload.failure ? (
        <div className={styles.notice}>
          <Banner
            tone="error"
            title={t('upload.failed')}
            text={failureText(upload.failure)}
            actions={
              upload.fileName ? (
                <Button size="sm" onClick={() => void upload.goOn()}>
                  {t('upload.again')}
                </Button>
              ) : null
            }
          />
        </div>
      ) : null}
    </section>
  );
}
