import type { BrowserWindowConstructorOptions } from 'electron';
import type { PageWindow } from '#electron/shell/ports.ts';

type Listener = (...words: never[]) => unknown;

/**
 * Stands in for an emitter of Electron. `on` answers `never`, which fits Electron's `this`; names and
 * arguments of events are checked where the shell listens, against Electron's own declarations.
 */
export class EmitterDouble {
  readonly #listeners = new Map<string, Set<Listener>>();

  on(event: string, listener: Listener): never {
    const heard = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, heard.add(listener));
    return this as never;
  }

  once(event: string, listener: Listener): never {
    const once: Listener = (...words) => {
      this.#listeners.get(event)?.delete(once);
      listener(...words);
    };
    return this.on(event, once);
  }

  emit(event: string, ...words: unknown[]): void {
    for (const listener of [...(this.#listeners.get(event) ?? [])]) listener(...(words as never[]));
  }

  listens(event: string): boolean {
    return (this.#listeners.get(event)?.size ?? 0) > 0;
  }
}

/** An event of Electron that can be refused. */
export function refusable<P extends object>(more: P) {
  const event = {
    ...more,
    isRefused: false,
    defaultPrevented: false,
    preventDefault() {
      event.isRefused = true;
    },
  };
  return event;
}

export class ContentsDouble extends EmitterDouble {
  readonly sent: unknown[][] = [];
  reloads = 0;

  send(channel: string, ...words: unknown[]): void {
    this.sent.push([channel, ...words]);
  }

  reload(): void {
    this.reloads += 1;
  }
}

/** A window that keeps what was done to it. */
export class WindowDouble extends EmitterDouble implements PageWindow {
  readonly webContents = new ContentsDouble();
  readonly options: BrowserWindowConstructorOptions;
  bounds = { x: 0, y: 0, width: 1024, height: 680 };
  loaded: string[] = [];
  background = '';
  isFlashing = false;
  #state = { visible: false, focused: false, minimized: false, maximised: false, destroyed: false };

  constructor(options: BrowserWindowConstructorOptions) {
    super();
    this.options = options;
  }

  async loadURL(url: string): Promise<void> {
    this.loaded.push(url);
  }

  isDestroyed(): boolean {
    return this.#state.destroyed;
  }

  destroy(): void {
    this.#state.destroyed = true;
    this.emit('closed');
  }

  show(): void {
    this.#state.visible = true;
  }

  hide(): void {
    this.#state.visible = false;
  }

  focus(): void {
    this.#state.focused = true;
  }

  restore(): void {
    this.#state.minimized = false;
  }

  minimize(): void {
    this.#state.minimized = true;
  }

  maximize(): void {
    this.#state.maximised = true;
  }

  isMinimized(): boolean {
    return this.#state.minimized;
  }

  isVisible(): boolean {
    return this.#state.visible;
  }

  isFocused(): boolean {
    return this.#state.focused;
  }

  isMaximized(): boolean {
    return this.#state.maximised;
  }

  getBounds() {
    return this.bounds;
  }

  getNormalBounds() {
    return this.bounds;
  }

  flashFrame(on: boolean): void {
    this.isFlashing = on;
  }

  setBackgroundColor(colour: string): void {
    this.background = colour;
  }
}
