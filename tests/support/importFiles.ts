import type { Language } from '#shared/domain/text/text.ts';
import {
  type ImportKind,
  type ImportPreview,
  type ImportSettings,
  type ImportState,
  type ImportView,
  type ImportWishes,
  maxUploadBytes,
} from '#shared/sync/importing.ts';
import { beforeAskingAgain } from './askAgain.ts';
import type { ServerClient } from './serverClient.ts';

/** Brings files in over HTTP, as the desk and the command line do. */
export class ImportClient {
  readonly #client: ServerClient;

  constructor(client: ServerClient) {
    this.#client = client;
  }

  async upload(kind: ImportKind, file: Uint8Array | string, fileName = 'file.csv') {
    const bytes = typeof file === 'string' ? Buffer.from(file) : file;
    const body = { kind, fileName, size: bytes.length };
    const made = await this.#client.call<ImportView>('POST', '/api/imports', body);
    if (made.status !== 201) throw new Error(`create: ${JSON.stringify(made.body)}`);
    let view = made.body;
    for (let offset = 0; offset < bytes.length; offset += maxUploadBytes) {
      view = await this.piece(view.id, offset, bytes.subarray(offset, offset + maxUploadBytes));
    }
    return view;
  }

  async piece(id: string, offset: number, bytes: Uint8Array): Promise<ImportView> {
    const { url, token } = this.#client;
    const response = await fetch(`${url}/api/imports/${id}/file?offset=${offset}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' },
      body: new Uint8Array(bytes),
    });
    if (response.status !== 200) throw new Error(`upload: ${await response.text()}`);
    return (await response.json()) as ImportView;
  }

  async preview(id: string, wishes: ImportWishes = {}, language: Language = 'en') {
    const path = `/api/imports/${id}/preview?language=${language}`;
    const answer = await this.#client.call<ImportPreview>('POST', path, wishes);
    if (answer.status !== 200) throw new Error(`preview: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  async start(id: string, task: 'check' | 'run', settings: ImportSettings): Promise<ImportView> {
    const answer = await this.#client.call<ImportView>(
      'POST',
      `/api/imports/${id}/${task}`,
      settings,
    );
    if (answer.status !== 200) throw new Error(`${task}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  async find(id: string): Promise<ImportView> {
    return (await this.#client.call<ImportView>('GET', `/api/imports/${id}`)).body;
  }

  /** Ask until rows have been written, or as many as said. */
  async untilWritten(id: string, isSo = (rows: number) => rows > 0): Promise<ImportView> {
    for (;;) {
      const view = await this.find(id);
      if (isSo(view.counts?.rows ?? 0)) return view;
      await beforeAskingAgain();
    }
  }

  /** Ask until it is in one of the states. */
  async until(id: string, ...states: ImportState[]): Promise<ImportView> {
    for (;;) {
      const view = await this.find(id);
      if (states.includes(view.state)) return view;
      if (['failed', 'cancelled', 'done'].includes(view.state)) {
        throw new Error(`the import is ${view.state}: ${JSON.stringify(view.failure)}`);
      }
      await beforeAskingAgain();
    }
  }

  /** The whole way of a file, with what is detected and these wishes. */
  async bring(kind: ImportKind, file: Uint8Array | string, wishes: ImportWishes = {}) {
    const { id } = await this.upload(kind, file);
    const { settings } = await this.preview(id, wishes);
    await this.start(id, 'run', settings);
    return this.until(id, 'done');
  }

  async problems(id: string, language: Language = 'en'): Promise<string> {
    return this.#text(`/api/imports/${id}/problems?language=${language}`);
  }

  async export(query: string): Promise<Buffer> {
    const { url, token } = this.#client;
    const headers = { authorization: `Bearer ${token}` };
    const response = await fetch(`${url}/api/exports?${query}`, { headers });
    if (response.status !== 200) throw new Error(`export: ${response.status}`);
    return Buffer.from(await response.arrayBuffer());
  }

  async #text(path: string): Promise<string> {
    const { url, token } = this.#client;
    const response = await fetch(`${url}${path}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    return response.text();
  }
}
