import type { AttachmentView } from '#shared/contract/methods/tickets.ts';
import { maxPieceBytes } from '#shared/contract/methods/tickets.ts';
import { newId } from '#shared/domain/ids.ts';
import {
  checkFile,
  maxAttachmentBytes,
  safeFileName,
  sniffedBytes,
} from '#shared/domain/tickets/fileTypes.ts';
import { DeskError } from '#shared/result.ts';
import { type BlobStore, sha256Of } from '../../attachments/blobStore.ts';
import type { Uploads } from '../../attachments/uploads.ts';
import type { StoredAttachment } from '../../cache/reads/ticketPageReads.ts';
import { unwrap } from '../../session/session.ts';
import type { DataFilesPort } from '../../sync/dataFilesClient.ts';
import { eventBy, heldTicket, type TicketParts } from './parts.ts';

export interface AttachmentParts extends TicketParts {
  store: BlobStore;
  uploads: Pick<Uploads, 'wake'>;
  port: Pick<DataFilesPort, 'open'>;
  /** How much of a file that is fetched has come, bytes. */
  progress(attachmentId: string, received: number, bytes: number): void;
}

interface Incoming {
  ticketId: string;
  name: string;
  bytes: Buffer;
  filled: number;
}

/** Files that a window began to hand over and forgot give way to newer ones. */
const mostIncoming = 4;

/** Files of tickets: taken from the window, kept here, brought to the server and fetched from it. */
export function createAttachments(parts: AttachmentParts) {
  const { user, cache, clock, store, uploads, port } = parts;
  const incoming = new Map<string, Incoming>();

  function viewOf(stored: StoredAttachment): AttachmentView {
    const { sha256 } = stored;
    const waiting = stored.waiting || store.isWaiting(sha256);
    return { ...stored, waiting, here: store.has(sha256) };
  }

  function find(attachmentId: string): StoredAttachment {
    const found = cache.ticketPage.attachment(attachmentId);
    if (!found) throw new DeskError('not-found', 'no such attachment here');
    return found;
  }

  function finish({ ticketId, name, bytes }: Incoming): AttachmentView {
    heldTicket(cache, ticketId);
    const mime = unwrap(checkFile(name, bytes.length, bytes.subarray(0, sniffedBytes)));
    const sha256 = store.put(bytes, 'waiting');
    const id = newId();
    const fields = {
      ticketId,
      name: safeFileName(name),
      mime,
      bytes: bytes.length,
      sha256,
      at: clock.now(),
      byId: user.id,
      byName: user.name,
      retired: false,
    };
    const data = { attachmentId: id, name: fields.name };
    cache.change(
      [{ entity: 'attachment', id, fields }, eventBy(parts, ticketId, 'ticket.attached', { data })],
      user.id,
    );
    uploads.wake();
    return viewOf(find(id));
  }

  async function fetched(attachmentId: string, { sha256, bytes }: StoredAttachment) {
    const download = unwrap(await port.open(`/api/attachments/${sha256}`));
    const pieces: Uint8Array[] = [];
    let received = 0;
    try {
      for (;;) {
        const piece = unwrap(await download.next());
        if (piece === null) break;
        received += piece.length;
        if (received > maxAttachmentBytes) throw wrong();
        pieces.push(piece);
        parts.progress(attachmentId, received, bytes);
      }
    } finally {
      download.close();
    }
    const whole = Buffer.concat(pieces);
    if (sha256Of(whole) !== sha256) throw wrong();
    store.put(whole, 'fetched');
  }

  return {
    of: (ticketId: string) => cache.ticketPage.attachments(ticketId).map(viewOf),
    begin(ticketId: string, name: string, bytes: number) {
      heldTicket(cache, ticketId);
      if (bytes > maxAttachmentBytes) {
        const details = { field: 'file', maxBytes: maxAttachmentBytes };
        throw new DeskError('file-too-large', 'larger than an attachment may be', details);
      }
      const [oldest] = incoming.keys();
      if (incoming.size >= mostIncoming && oldest !== undefined) incoming.delete(oldest);
      const uploadId = newId();
      incoming.set(uploadId, { ticketId, name, bytes: Buffer.alloc(bytes), filled: 0 });
      return { uploadId };
    },
    piece(uploadId: string, base64: string): { attachment: AttachmentView | null } {
      const file = incoming.get(uploadId);
      if (!file) throw new DeskError('not-found', 'no such file is coming');
      const piece = Buffer.from(base64, 'base64');
      if (file.filled + piece.length > file.bytes.length || piece.length === 0) {
        incoming.delete(uploadId);
        throw new DeskError('file-unreadable', 'the file is of another size than announced');
      }
      file.filled += piece.copy(file.bytes, file.filled);
      if (file.filled < file.bytes.length) return { attachment: null };
      incoming.delete(uploadId);
      return { attachment: finish(file) };
    },
    cancel(uploadId: string): void {
      incoming.delete(uploadId);
    },
    async fetch(attachmentId: string): Promise<AttachmentView> {
      const stored = find(attachmentId);
      if (!store.has(stored.sha256)) {
        try {
          await fetched(attachmentId, stored);
        } catch (error) {
          const isAway = error instanceof DeskError && error.code === 'server-unreachable';
          if (!isAway) throw error;
          throw new DeskError('attachment-absent', error.message);
        }
      }
      return viewOf(stored);
    },
    read(attachmentId: string, offset: number): { base64: string; end: boolean } {
      const bytes = store.read(find(attachmentId).sha256);
      if (bytes === null) throw new DeskError('attachment-absent', 'the file is not on this desk');
      const piece = Buffer.from(bytes.subarray(offset, offset + maxPieceBytes));
      const end = offset + piece.length >= bytes.length;
      return { base64: piece.toString('base64'), end };
    },
    retire(attachmentId: string): AttachmentView {
      const { ticketId, name } = find(attachmentId);
      const data = { attachmentId, name, retired: true };
      cache.change(
        [
          { entity: 'attachment', id: attachmentId, fields: { retired: true } },
          eventBy(parts, ticketId, 'ticket.attached', { data }),
        ],
        user.id,
      );
      return viewOf(find(attachmentId));
    },
  };
}

function wrong(): DeskError {
  return new DeskError('file-unreadable', 'what came is not the file that was attached');
}
