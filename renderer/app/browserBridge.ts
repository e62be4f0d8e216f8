import type { Bridge, MediaLink } from '#shared/contract/bridge.ts';
import type {
  EventName,
  EventOf,
  InputOf,
  MethodName,
  OutputOf,
} from '#shared/contract/contract.ts';
import type { MediaCommandName, MediaEvent, MediaInput } from '#shared/contract/media.ts';
import type { FromWindow, ToWindow } from '#shared/contract/wire.ts';
import { fail, type Result } from '#shared/result.ts';

type Listener = <E extends EventName>(name: E, payload: EventOf<E>) => void;
type MediaHandler = Parameters<MediaLink['handle']>[0];
type Answer = (result: Result<unknown>) => void;

const firstRetryMs = 250;
const longestRetryMs = 5_000;

/** How long to wait before the next try: doubles from 250 ms up to 5 s. */
export function retryDelayMs(tries: number): number {
  return Math.min(longestRetryMs, firstRetryMs * 2 ** Math.min(tries, 10));
}

/**
 * The desk over one WebSocket (browser shell): calls, events and the media page's part of the wire.
 * Opens again by itself; what waits for an answer when the line drops fails with `server-unreachable`,
 * and what is asked while there is no line waits for the first connection only.
 * After `window.moved` it stays closed: another window has the desk until this one is reloaded.
 */
class DeskSocket {
  private readonly url: string;
  private socket: WebSocket | null = null;
  private everOpen = false;
  private moved = false;
  private tries = 0;
  private nextId = 1;
  private readonly answers = new Map<number, Answer>();
  private readonly beforeOpen: FromWindow[] = [];
  private readonly unsentMedia: FromWindow[] = [];
  private readonly listeners = new Set<Listener>();
  private readonly connectionListeners = new Set<(connected: boolean) => void>();
  private mediaHandler: MediaHandler | null = null;
  private earlyCommands: Extract<ToWindow, { kind: 'mediaCommand' }>[] = [];

  constructor(url: string) {
    this.url = url;
    this.open();
  }

  readonly bridge: Bridge = {
    shell: 'browser',
    invoke: <M extends MethodName>(method: M, input: InputOf<M>) =>
      new Promise<Result<OutputOf<M>>>((resolve) => {
        this.ask(method, input, (result) => resolve(result as Result<OutputOf<M>>));
      }),
    listen: (listener) => {
      this.listeners.add(listener);
      return () => this.listeners.delete(listener);
    },
    onConnection: (listener) => {
      this.connectionListeners.add(listener);
      return () => this.connectionListeners.delete(listener);
    },
  };

  readonly media: MediaLink = {
    handle: (handler) => {
      this.mediaHandler = handler;
      const early = this.earlyCommands;
      this.earlyCommands = [];
      for (const command of early) void this.doMedia(command);
    },
    report: (event: MediaEvent) => {
      const message: FromWindow = { kind: 'mediaEvent', event };
      if (this.isOpen()) this.send(message);
      else this.unsentMedia.push(message);
    },
  };

  private isOpen(): boolean {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  private send(message: FromWindow): void {
    this.socket?.send(JSON.stringify(message));
  }

  private ask(method: MethodName, input: unknown, answer: Answer): void {
    if (this.moved) {
      answer(fail('window-moved', 'another window has the desk'));
      return;
    }
    if (!this.isOpen() && this.everOpen) {
      answer(fail('server-unreachable', 'the desk behind the window is gone'));
      return;
    }
    const id = this.nextId++;
    this.answers.set(id, answer);
    const message: FromWindow = { kind: 'invoke', id, method, input };
    if (this.isOpen()) this.send(message);
    else this.beforeOpen.push(message);
  }

  private open(): void {
    const socket = new WebSocket(this.url);
    this.socket = socket;
    socket.onopen = () => this.opened();
    socket.onmessage = (event: MessageEvent<string>) => this.receive(JSON.parse(event.data));
    socket.onclose = () => this.closed();
  }

  private opened(): void {
    const again = this.everOpen;
    this.everOpen = true;
    this.tries = 0;
    for (const message of [...this.beforeOpen.splice(0), ...this.unsentMedia.splice(0)]) {
      this.send(message);
    }
    if (again) this.tellConnection(true);
  }

  private closed(): void {
    const lost = [...this.answers.values()];
    this.answers.clear();
    this.beforeOpen.length = 0;
    for (const answer of lost) answer(fail('server-unreachable', 'the line to the desk dropped'));
    if (this.moved) return;
    this.tellConnection(false);
    setTimeout(() => this.open(), retryDelayMs(this.tries++));
  }

  private tellConnection(connected: boolean): void {
    for (const listener of this.connectionListeners) listener(connected);
  }

  private receive(message: ToWindow): void {
    if (message.kind === 'result') {
      const answer = this.answers.get(message.id);
      this.answers.delete(message.id);
      answer?.(message.result as Result<unknown>);
      return;
    }
    if (message.kind === 'mediaCommand') void this.doMedia(message);
    else this.tellEvent(message.name as EventName, message.payload as never);
  }

  private tellEvent<E extends EventName>(name: E, payload: EventOf<E>): void {
    if (name === 'window.moved') this.moved = true;
    for (const listener of this.listeners) listener(name, payload);
  }

  private async doMedia(message: Extract<ToWindow, { kind: 'mediaCommand' }>): Promise<void> {
    if (!this.mediaHandler) {
      this.earlyCommands.push(message);
      return;
    }
    const command = message.command as MediaCommandName;
    const result = await this.mediaHandler(command, message.input as MediaInput<MediaCommandName>);
    if (this.isOpen()) this.send({ kind: 'mediaResult', id: message.id, result });
  }
}

export function openBrowserDesk(url: string): { bridge: Bridge; media: MediaLink } {
  return new DeskSocket(url);
}
