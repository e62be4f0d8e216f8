import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import {
  type ImportKind,
  type ImportPreview,
  type ImportView,
  type ImportWishes,
  maxUploadBytes,
} from '#shared/sync/importing.ts';
import { CommandError } from './commandError.ts';
import type { DataClient } from './dataClient.ts';
import { fieldWords, fileFailureWords, language, words } from './dataWords.ts';
import { tellPreview, tellProgress } from './importTalk.ts';

const lookEveryMs = 500;

/** What a file with a mapping says of the columns that a file has. */
export type Mapping = (string | null)[] | Map<string, string | null>;

/** One file on its way into the server. Where it is given up before it runs, `drop` leaves nothing of it there. */
export class ImportFile {
  readonly #client: DataClient;
  readonly #kind: ImportKind;
  readonly #path: string;
  #id: string | null = null;
  #ran = false;

  constructor(client: DataClient, kind: ImportKind, path: string) {
    this.#client = client;
    this.#kind = kind;
    this.#path = path;
  }

  async upload(): Promise<void> {
    const handle = await open(this.#path);
    try {
      const { size } = await handle.stat();
      if (size === 0) throw new CommandError(words('fileEmpty', { file: this.#path }));
      const made = { kind: this.#kind, fileName: basename(this.#path), size, language };
      const view = await this.#client.ask<ImportView>('POST', '/api/imports', made);
      this.#id = view.id;
      await this.#send(handle, view);
    } finally {
      await handle.close();
    }
  }

  async #send(handle: FileHandle, first: ImportView): Promise<void> {
    const piece = Buffer.alloc(Math.min(maxUploadBytes, first.size));
    let view = first;
    while (view.received < first.size) {
      const { bytesRead } = await handle.read(piece, 0, piece.length, view.received);
      const where = this.#at(`/file?offset=${view.received}`);
      const body = piece.subarray(0, bytesRead);
      const answer = await this.#client.fetch('PUT', where, body, 'application/octet-stream');
      view = (await answer.json()) as ImportView;
      tellProgress('sent', view.received / first.size);
    }
  }

  /** How the file is read with these wishes, told to the terminal. Throws `CommandError` where it cannot be. */
  async preview(wishes: ImportWishes, mapping: Mapping | null): Promise<ImportPreview> {
    const first = await this.#look(wishes);
    const columns = mapping && columnsOf(first.columns, mapping);
    const preview = columns ? await this.#look({ ...wishes, columns }) : first;
    tellPreview(this.#kind, preview);
    if (preview.missing.length === 0) return preview;
    const missing = preview.missing.map((one) => fieldWords(this.#kind, one, preview.fields));
    throw new CommandError(words('noColumnFor', { fields: missing.join(', ') }));
  }

  async #look(wishes: ImportWishes): Promise<ImportPreview> {
    const path = this.#at(`/preview?language=${language}`);
    const preview = await this.#client.ask<ImportPreview>('POST', path, wishes);
    if (!preview.failure) return preview;
    const why = fileFailureWords(preview.failure);
    throw new CommandError(words('fileUnreadable', { file: this.#path, why }));
  }

  /** Begin a task and follow it to its end; Ctrl+C cancels it, twice leaves it alone. */
  async work(task: 'check' | 'run', { settings }: ImportPreview): Promise<ImportView> {
    let cancelled = false;
    const cancel = () => {
      if (cancelled) process.exit(130);
      cancelled = true;
      this.#client.ask('POST', this.#at('/cancel'), {}).catch(() => undefined);
    };
    process.on('SIGINT', cancel);
    try {
      let view = await this.#client.ask<ImportView>('POST', this.#at(`/${task}`), settings);
      this.#ran ||= task === 'run';
      while (view.state === 'running' || view.state === 'checking') {
        await pause(lookEveryMs);
        view = await this.#client.ask<ImportView>('GET', this.#at(''));
        const said = task === 'run' ? 'importedSoFar' : 'checkedSoFar';
        tellProgress(said, view.progress ?? 1, view.counts?.rows);
      }
      if (cancelled && view.state !== 'done') {
        throw new CommandError(words(this.#ran ? 'writtenStays' : 'nothingWritten'), 130);
      }
      if (!view.failure) return view;
      throw new CommandError(words('importStopped', { why: fileFailureWords(view.failure) }));
    } finally {
      process.off('SIGINT', cancel);
    }
  }

  problems(): Promise<Response> {
    return this.#client.fetch('GET', this.#at(`/problems?language=${language}`));
  }

  /** Remove what was uploaded, unless it ran: then it stands among the imports. */
  async drop(): Promise<void> {
    if (this.#id === null || this.#ran) return;
    await this.#client.ask('DELETE', this.#at('')).catch(() => undefined);
  }

  #at(rest: string): string {
    return `/api/imports/${this.#id}${rest}`;
  }
}

function columnsOf(columns: readonly string[], mapping: Mapping): (string | null)[] {
  if (Array.isArray(mapping)) return mapping;
  const name = [...mapping.keys()].find((one) => !columns.includes(one));
  if (name !== undefined) throw new CommandError(words('mappingStrange', { name }), 2);
  return columns.map((column) => mapping.get(column) ?? null);
}
