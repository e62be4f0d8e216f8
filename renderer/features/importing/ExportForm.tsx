import { Checkbox } from '@mantine/core';
import { IconFileExport } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type Delimiter,
  delimiters,
  type ExportFormat,
  type ExportKind,
  exportFormats,
  exportKinds,
} from '#shared/sync/importing.ts';
import { useInvoke } from '../../app/bridge.tsx';
import { useFormat } from '../../i18n/useFormat.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { Choice } from './Choice.tsx';
import { delimiterNames } from './FormatBox.tsx';
import styles from './importing.module.css';
import { LabelledChoice } from './LabelledChoice.tsx';
import { useDownload } from './useDownload.ts';
import { useTransferFailure } from './words.ts';

const megabyte = 1_048_576;

/** What to take out, in which format; the file comes while it is written. */
export function ExportForm() {
  const { t } = useTranslation('importing');
  const failureText = useTransferFailure();
  const format = useFormat();
  const invoke = useInvoke();
  const download = useDownload();
  const [kind, setKind] = useState<ExportKind>('customers');
  const [fileFormat, setFileFormat] = useState<ExportFormat>('xlsx');
  const [bom, setBom] = useState(true);
  const [delimiter, setDelimiter] = useState<Delimiter>(',');
  const { language } = format;
  const start = () =>
    download.start(
      invoke('exporting.open', { kind, format: fileFormat, bom, delimiter, language }),
      `${t(`kinds.${kind}`)}.${fileFormat}`,
    );
  return (
    <section className={styles.box} aria-label={t('export.title')}>
      <h2>{t('export.title')}</h2>
      <p className="muted">{t('export.hint')}</p>
      <LabelledChoice
        label={t('what')}
        value={kind}
        options={exportKinds.map((one) => ({ value: one, label: t(`kinds.${one}`) }))}
        onChange={setKind}
      />
      <LabelledChoice
        label={t('export.format')}
        value={fileFormat}
        options={exportFormats.map((one) => ({ value: one, label: t(`export.${one}`) }))}
        onChange={setFileFormat}
      />
      {fileFormat === 'csv' ? (
        <div className={styles.line}>
          <Choice
            label={t('export.delimiter')}
            testId="export-delimiter"
            value={delimiter}
            options={delimiters.map((value) => ({
              value,
              label: t(`format.${delimiterNames[value]}`),
            }))}
            onChange={setDelimiter}
          />
          <Checkbox
            size="xs"
            label={t('export.bom')}
            checked={bom}
            onChange={(event) => setBom(event.currentTarget.checked)}
          />
        </div>
      ) : null}
      <div className={styles.actions}>
        <Button
          variant="solid"
          icon={<IconFileExport size={16} aria-hidden="true" />}
          disabled={download.going}
          data-testid="export-start"
          onClick={() => void start()}
        >
          {t('export.start')}
        </Button>
        {download.going ? (
          <span className="muted" role="status">
            {t('export.going', { size: (download.bytes / megabyte).toFixed(1) })}
          </span>
        ) : null}
      </div>
      {download.saved ? (
        <div className={styles.notice}>
          <Banner tone="ok" title={t('export.done', { name: download.saved })} />
        </div>
      ) : null}
      {download.failure ? (
        <div className={styles.notice}>
          <Banner tone="error" title={t('export.failed')} text={failureText(download.failure)} />
        </div>
      ) : null}
    </section>
  );
}
