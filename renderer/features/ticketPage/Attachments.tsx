import {
  IconAlertCircle,
  IconCloudDownload,
  IconCloudUp,
  IconFile,
  IconPaperclip,
  IconPhoto,
  IconTrash,
  IconX,
} from '@tabler/icons-react';
import { type DragEvent, type RefObject, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AttachmentView } from '#shared/contract/methods/tickets.ts';
import { isPicture, maxAttachmentBytes, safeFileName } from '#shared/domain/tickets/fileTypes.ts';
import { useBridge, useRun } from '../../app/bridge.tsx';
import { useFailureText } from '../../i18n/useFailureText.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useDesk } from '../../store/desk.ts';
import { tellFailure } from '../../store/window.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { pageKeys } from './steps.ts';
import styles from './ticketPage.module.css';
import { useAttach, useAttachmentBytes } from './useAttach.ts';

const mebibyte = 1_048_576;

function sizeText(bytes: number, number: (value: number) => string): string {
  if (bytes < 1024) return `${number(bytes)} B`;
  if (bytes < mebibyte) return `${number(Math.round(bytes / 1024))} KB`;
  return `${number(Math.round((bytes / mebibyte) * 10) / 10)} MB`;
}

/** How much of a file that is on its way has come, 0 to 1; null while none is. */
function useProgress(attachmentId: string): number | null {
  const bridge = useBridge();
  const [share, setShare] = useState<number | null>(null);
  useEffect(
    () =>
      bridge.listen((name, payload) => {
        if (name !== 'attachment.progress') return;
        const {
          attachmentId: id,
          received,
          bytes,
        } = payload as {
          attachmentId: string;
          received: number;
          bytes: number;
        };
        if (id === attachmentId) setShare(received < bytes ? received / bytes : null);
      }),
    [bridge, attachmentId],
  );
  return share;
}

function Attachment({ file, mayWrite }: { file: AttachmentView; mayWrite: boolean }) {
  const { t } = useTranslation(['ticketPage', 'common']);
  const format = useFormat();
  const run = useRun();
  const bytesOf = useAttachmentBytes();
  const offline = useDesk((desk) => desk.sync.state === 'offline');
  const share = useProgress(file.id);
  const [picture, setPicture] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const canShow = isPicture(file.mime);
  const away = !file.here && offline;
  useEffect(() => () => void (picture && URL.revokeObjectURL(picture)), [picture]);

  const read = async (asPicture: boolean): Promise<Blob | null> => {
    if (busy) return null;
    setBusy(true);
    const found = await bytesOf(file, asPicture);
    setBusy(false);
    if (found instanceof Blob) return found;
    tellFailure(found);
    return null;
  };
  const save = async () => {
    const blob = await read(false);
    if (!blob) return;
    const link = document.createElement('a');
    link.href = URL.createObjectURL(blob);
    link.download = safeFileName(file.name);
    link.click();
    // The browser reads it after the click.
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  };
  const show = async () => {
    if (picture) return setPicture(null);
    const blob = await read(true);
    if (blob) setPicture(URL.createObjectURL(blob));
  };
  const Icon = canShow ? IconPhoto : IconFile;
  return (
    <li className={styles.file} data-testid="ticket-file" data-waiting={file.waiting}>
      <div className={styles.fileLine}>
        <Icon size={16} aria-hidden="true" />
        <button
          type="button"
          className={styles.fileName}
          disabled={away}
          title={t('files.save', { name: file.name })}
          data-testid="ticket-file-save"
          onClick={() => void save()}
        >
          <span className="cut">{file.name}</span>
        </button>
        <span className="small nowrap">{sizeText(file.bytes, format.number)}</span>
        {file.waiting ? (
          <span className={styles.unsent}>
            <IconCloudUp size={14} aria-hidden="true" />
            {t('common:notSent')}
          </span>
        ) : null}
        {away ? (
          <span className={styles.unsent}>
            <IconCloudDownload size={14} aria-hidden="true" />
            {t('files.away')}
          </span>
        ) : null}
        {share === null ? null : (
          <progress
            className={styles.progress}
            max={1}
            value={share}
            aria-label={t('files.coming')}
          />
        )}
        <span className="grow" />
        {canShow && !away ? (
          <Button
            size="sm"
            variant="ghost"
            aria-expanded={picture !== null}
            data-testid="ticket-file-show"
            onClick={() => void show()}
          >
            {t(picture ? 'files.hide' : 'files.show')}
          </Button>
        ) : null}
        {mayWrite ? (
          <IconButton
            label={t('files.remove', { name: file.name })}
            icon={<IconTrash size={14} aria-hidden="true" />}
            onClick={() => void run('attachments.retire', { attachmentId: file.id })}
          />
        ) : null}
      </div>
      {picture ? (
        <img
          className={styles.picture}
          src={picture}
          alt={file.name}
          data-testid="ticket-picture"
        />
      ) : null}
    </li>
  );
}

/** Files of the ticket; dropping some here is a second way to add them. */
export function Attachments({
  ticketId,
  files,
  mayWrite,
  inputRef,
}: {
  ticketId: string;
  files: readonly AttachmentView[];
  mayWrite: boolean;
  inputRef: RefObject<HTMLInputElement | null>;
}) {
  const { t } = useTranslation('ticketPage');
  const textOf = useFailureText();
  const attaching = useAttach(ticketId);
  const [over, setOver] = useState(false);
  const shown = files.filter(({ retired }) => !retired);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void attaching.attach([...event.dataTransfer.files]);
  };
  if (!mayWrite && shown.length === 0) return null;
  return (
    <section
      className={styles.block}
      aria-label={t('files.title')}
      data-testid="ticket-files"
      data-over={over}
      onDragOver={(event) => {
        if (!mayWrite) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <SectionHead
        title={t('files.title')}
        count={shown.length}
        action={
          mayWrite ? (
            <Button
              size="sm"
              icon={<IconPaperclip size={14} aria-hidden="true" />}
              keys={pageKeys.attach}
              data-testid="ticket-attach"
              onClick={() => inputRef.current?.click()}
            >
              {t('files.add')}
            </Button>
          ) : undefined
        }
      />
      <input
        ref={inputRef}
        type="file"
        multiple
        hidden
        data-testid="ticket-file-input"
        onChange={(event) => {
          void attaching.attach([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
      {shown.length + attaching.files.length === 0 ? (
        <p className="small">{t('files.none', { megabytes: maxAttachmentBytes / mebibyte })}</p>
      ) : null}
      <ul className={styles.files}>
        {shown.map((file) => (
          <Attachment key={file.id} file={file} mayWrite={mayWrite} />
        ))}
        {attaching.files.map((file) => (
          <li key={file.id} className={styles.file} data-testid="ticket-file-coming">
            <div className={styles.fileLine}>
              <IconFile size={16} aria-hidden="true" />
              <span className="cut">{file.name}</span>
              <span className="grow" />
              {file.failure ? (
                <IconButton
                  label={t('files.putAway')}
                  icon={<IconX size={14} aria-hidden="true" />}
                  onClick={() => attaching.putAway(file.id)}
                />
              ) : (
                <progress
                  className={styles.progress}
                  max={1}
                  value={file.share}
                  aria-label={file.name}
                />
              )}
            </div>
            {file.failure ? (
              <p className={styles.fileError} role="alert" data-testid="ticket-file-error">
                <IconAlertCircle size={14} aria-hidden="true" />
                {textOf(file.failure)}
              </p>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
