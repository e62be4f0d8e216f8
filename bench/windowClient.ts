import { type RawData, WebSocket } from 'ws';
import type { Result } from '#shared/result.ts';

interface FromDesk {
  kind: string;
  id?: number;
  result?: Result<unknown>;
  name?: string;
  payload?: unknown;
}

/** Talks to a desk as its window does, without painting. */
export class WindowClient {
  #socket: WebSocket;
  #asked = new Map<number, (result: Result<unknown>) => void>();
  #listeners = new Set<(name: string, payload: unknown) => void>();
  #lastId = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: RawData) => this.#receive(JSON.parse(data.toString())));
  }

  /** Trades the one-time address for the cookie and opens the window's socket. */
  static async open(address: string): Promise<WindowClient> {
    const opened = await fetch(address, { redirect: 'manual' });
    const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? '';
    const { origin, host } = new URL(address);
    const socket = new WebSocket(`ws://${host}/desk`, { origin, headers: { cookie } });
    await new Promise((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    return new WindowClient(socket);
  }

  invoke(method: string, input: unknown): Promise<unknown> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#asked.set(id, (result) => {
        if (result.ok) resolve(result.value);
        else reject(new Error(`${method}: ${result.error.code} ${result.error.message}`));
      });
      this.#socket.send(JSON.stringify({ kind: 'invoke', id, method, input }));
    });
  }

  /** The first event from now on for which the question is answered yes. */
  until(isMeant: (name: string, payload: unknown) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const listener = (name: string, payload: unknown): void => {
        if (!isMeant(name, payload)) return;
        this.#listeners.delete(listener);
        resolve();
      };
      this.#listeners.add(listener);
    });
  }

  close(): void {
    this.#socket.terminate();
  }

  #receive({ kind, id, result, name, payload }: FromDesk): void {
    if (kind === 'result' && id !== undefined && result) {
      this.#asked.get(id)?.(result);
      this.#asked.delete(id);
    }
    if (kind !== 'event' || name === undefined) return;
    for (const listener of [...this.#listeners]) listener(name, payload);
  }
}
