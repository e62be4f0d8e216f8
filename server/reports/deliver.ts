import { constants, createWriteStream } from 'node:fs';
import { access, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Delivery } from '#shared/domain/reports/savedReport.ts';

/** Where reports can go from this server; null: not at all. */
export interface DeliveryOptions {
  /** `smtpUrl`: `smtp:` or `smtps:`, with the account in it where the server wants one. */
  mail: { smtpUrl: string; from: string } | null;
  folder: string | null;
}

const deliveryErrors = [
  'smtp-refused',
  'smtp-unreachable',
  'smtp-absent',
  'folder-absent',
  'folder-not-writable',
  'font-absent',
  'owner-gone',
  'failed',
] as const;
export type DeliveryErrorCode = (typeof deliveryErrors)[number];

/** Why a report did not arrive; `isFinal`: trying again makes no sense. */
export class DeliveryError extends Error {
  override readonly name = 'DeliveryError';
  readonly code: DeliveryErrorCode;
  readonly isFinal: boolean;

  constructor(code: DeliveryErrorCode, message: string, isFinal = false) {
    super(message);
    this.code = code;
    this.isFinal = isFinal;
  }
}

export interface Parcel {
  /** Names the run: a mail that goes out twice is known as the same one, a file written twice is one. */
  runId: string;
  fileName: string;
  mediaType: string;
  content: Readable;
  subject: string;
  text: string;
}

/** Deliver what a run made. Throws `DeliveryError`. */
export async function deliverParcel(
  parcel: Parcel,
  delivery: Delivery,
  options: DeliveryOptions,
): Promise<void> {
  if (delivery.to === 'folder') return intoFolder(parcel, options.folder);
  return byMail(parcel, delivery.addresses, options.mail);
}

const mailTimeoutMs = 60_000;

async function byMail(
  { runId, fileName, mediaType, content, subject, text }: Parcel,
  addresses: readonly string[],
  mail: DeliveryOptions['mail'],
): Promise<void> {
  if (!mail) throw new DeliveryError('smtp-absent', 'SMTP_URL is not set', true);
  // Only where a report goes out by mail: to load it takes time at the start.
  const { createTransport } = await import('nodemailer');
  const transport = createTransport({
    url: mail.smtpUrl,
    connectionTimeout: mailTimeoutMs,
    greetingTimeout: mailTimeoutMs,
    socketTimeout: mailTimeoutMs,
    // What a report says comes from records: nothing of it may name a file or an address to fetch.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    await transport.sendMail({
      from: mail.from,
      to: [...addresses],
      messageId: `<${runId}@${domainOf(mail.from)}>`,
      subject,
      text,
      attachments: [{ filename: fileName, contentType: mediaType, content }],
    });
  } catch (error) {
    throw mailError(error);
  } finally {
    transport.close();
  }
}

/** The host of a bare address or of one in angle brackets. */
function domainOf(from: string): string {
  return /@([^\s>]+)>?\s*$/.exec(from)?.[1] ?? 'localhost';
}

/** SMTP replies of the 5xx kind are final (RFC 5321, 4.2.1). */
function mailError(error: unknown): DeliveryError {
  const message = error instanceof Error ? error.message : String(error);
  const status = replyOf(error);
  if (status !== null) return new DeliveryError('smtp-refused', message, status >= 500);
  return new DeliveryError('smtp-unreachable', message);
}

function replyOf(error: unknown): number | null {
  if (typeof error !== 'object' || error === null || !('responseCode' in error)) return null;
  return typeof error.responseCode === 'number' ? error.responseCode : null;
}

async function intoFolder(
  { runId, fileName, content }: Parcel,
  folder: string | null,
): Promise<void> {
  if (folder === null) throw new DeliveryError('folder-absent', 'REPORTS_DIR is not set', true);
  const unfinished = join(folder, `.${runId}.part`);
  try {
    await access(folder, constants.W_OK);
    await pipeline(content, createWriteStream(unfinished));
    await rename(unfinished, join(folder, fileName));
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    const message = error instanceof Error ? error.message : String(error);
    throw new DeliveryError('folder-not-writable', message);
  }
}
