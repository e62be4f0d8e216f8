import { useCallback, useRef, useState } from 'react';
import { type AttachmentView, maxPieceBytes } from '#shared/contract/methods/tickets.ts';
import { maxAttachmentBytes } from '#shared/domain/tickets/fileTypes.ts';
import type { Failure } from '#shared/result.ts';
import { useInvoke } from '../../app/bridge.tsx';
import { base64Of, bytesOf } from '../importing/fileBytes.ts';

export interface Attaching {
  id: number;
  name: string;
  /** 0 to 1. */
  share: number;
  failure: Failure | null;
}

/** Hands chosen files to the desk, one after another; those that were refused stay listed until they are put away. */
export function useAttach(ticketId: string) {
  const invoke = useInvoke();
  const [files, setFiles] = useState<readonly Attaching[]>([]);
  const count = useRef(0);

  const give = useCallback(
    async (file: File, told: (share: number) => void): Promise<Failure | null> => {
      if (file.size === 0) return { code: 'file-unreadable', message: 'the file is empty' };
      if (file.size > maxAttachmentBytes) return { code: 'file-too-large', message: 'too large' };
      const begun = await invoke('attachments.begin', {
        ticketId,
        name: file.name,
        bytes: file.size,
      });
      if (!begun.ok) return begun.error;
      const { uploadId } = begun.value;
      for (let offset = 0; offset < file.size; offset += maxPieceBytes) {
        told(offset / file.size);
        const part = file.slice(offset, offset + maxPieceBytes);
        const base64 = await base64Of(part).catch(() => null);
        if (base64 === null) {
          await invoke('attachments.cancel', { uploadId });
          return { code: 'file-unreadable', message: 'the chosen file cannot be read' };
        }
        const sent = await invoke('attachments.piece', { uploadId, base64 });
        if (!sent.ok) return sent.error;
      }
      return null;
    },
    [invoke, ticketId],
  );

  const attach = useCallback(
    async (chosen: readonly File[]) => {
      for (const file of chosen) {
        count.current += 1;
        const id = count.current;
        const put = (patch: Partial<Attaching>) =>
          setFiles((old) => old.map((one) => (one.id === id ? { ...one, ...patch } : one)));
        setFiles((old) => [...old, { id, name: file.name, share: 0, failure: null }]);
        const failure = await give(file, (share) => put({ share }));
        if (failure) put({ failure });
        else setFiles((old) => old.filter((one) => one.id !== id));
      }
    },
    [give],
  );
  const putAway = useCallback(
    (id: number) => setFiles((old) => old.filter((one) => one.id !== id)),
    [],
  );
  return { files, attach, putAway };
}

/** The bytes of an attachment, fetched to this desk first where they are not here. */
export function useAttachmentBytes() {
  const invoke = useInvoke();
  return useCallback(
    async ({ id, mime }: AttachmentView, asPicture: boolean): Promise<Blob | Failure> => {
      const fetched = await invoke('attachments.fetch', { attachmentId: id });
      if (!fetched.ok) return fetched.error;
      const parts: Blob[] = [];
      for (let offset = 0; ; ) {
        const piece = await invoke('attachments.read', { attachmentId: id, offset });
        if (!piece.ok) return piece.error;
        const part = new Blob([bytesOf(piece.value.base64)]);
        parts.push(part);
        offset += part.size;
        if (piece.value.end) break;
      }
      // What is saved is never opened here: only pictures get their type.
      return new Blob(parts, { type: asPicture ? mime : 'application/octet-stream' });
    },
    [invoke],
  );
}
