import { between, pick } from '../random.ts';
import type { PracticeCaller } from '../settings.ts';
import type { Exchange } from './exchange.ts';
import type { WaitingRoom } from './waitingRoom.ts';

/** Lets a caller ring now and then, as long as somebody is there to answer and nobody waits already. */
export class AutoCallers {
  #exchange: Exchange;
  #waitingRoom: WaitingRoom;
  #place: (caller: PracticeCaller) => void;
  #enabled: boolean;
  #isFirst = true;
  #cancel: (() => void) | undefined;

  constructor(options: {
    exchange: Exchange;
    waitingRoom: WaitingRoom;
    place: (caller: PracticeCaller) => void;
  }) {
    this.#exchange = options.exchange;
    this.#waitingRoom = options.waitingRoom;
    this.#place = options.place;
    this.#enabled = options.exchange.context.settings.autoCallers.enabled;
  }

  get enabled(): boolean {
    return this.#enabled;
  }

  switch(enabled: boolean): void {
    if (enabled === this.#enabled) return;
    this.#enabled = enabled;
    this.#isFirst = true;
    const { clock, events } = this.#exchange.context;
    events.emit('callersSwitched', { enabled, atMs: clock.now() });
    this.consider();
  }

  /** To be called whenever an agent may have become free or a caller has come or gone. */
  consider(): void {
    if (!this.#enabled || this.#candidates().length === 0 || this.#waitingRoom.count > 0) {
      this.#cancel?.();
      this.#cancel = undefined;
      return;
    }
    if (this.#cancel) return;
    const { clock, random, settings } = this.#exchange.context;
    const { firstAfterMs, everyMs } = settings.autoCallers;
    const delayMs = this.#isFirst ? firstAfterMs : between(random, everyMs);
    this.#cancel = clock.after(delayMs, () => this.#call());
  }

  close(): void {
    this.#enabled = false;
    this.#cancel?.();
  }

  #call(): void {
    this.#cancel = undefined;
    const caller = pick(this.#exchange.context.random, this.#candidates());
    if (!caller || this.#waitingRoom.count > 0) return;
    this.#isFirst = false;
    this.#place(caller);
  }

  /** Callers who are not on the line already and whose queue has somebody available. */
  #candidates(): PracticeCaller[] {
    const busy = new Set(this.#exchange.calls.map((call) => call.number));
    return this.#exchange.context.settings.callers.filter(
      (caller) =>
        !busy.has(caller.number) && this.#exchange.agents.availableIn(caller.queue).length > 0,
    );
  }
}
