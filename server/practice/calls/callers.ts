import { between, pick } from '../random.ts';
import { anonymousNumber } from '../sip/address.ts';
import type { Call } from './call.ts';
import { languageOf } from './dialling.ts';
import type { Exchange } from './exchange.ts';
import type { WaitingRoom } from './waitingRoom.ts';

/** A caller who is let in. */
export interface PlaceCall {
  /** E.164, or `anonymous`. */
  number: string;
  name?: string | undefined;
  /** May be missing for a direct call, which then belongs to no queue. */
  queue?: string | undefined;
  talkMs?: number | undefined;
  patienceMs?: number | undefined;
  scenario?: string | undefined;
  language?: 'zh' | 'en' | undefined;
  /** Offer the caller to this extension alone. */
  agent?: string | undefined;
  /** The caller dials the agent's extension: it rings whatever the agent does now. */
  direct?: boolean | undefined;
}

/** The simulated callers from outside. */
export class Callers {
  #exchange: Exchange;
  #waitingRoom: WaitingRoom;

  constructor(exchange: Exchange, waitingRoom: WaitingRoom) {
    this.#exchange = exchange;
    this.#waitingRoom = waitingRoom;
  }

  /** The call reference; undefined if there is no such queue or, for a direct call, no such extension. */
  place(wanted: PlaceCall): string | undefined {
    const { settings, events, clock } = this.#exchange.context;
    const isQueue = settings.queues.some((queue) => queue.id === wanted.queue);
    const target = wanted.direct ? this.#exchange.agents.find(wanted.agent ?? '') : undefined;
    if (wanted.direct ? !target || (wanted.queue !== undefined && !isQueue) : !isQueue) return;
    const isAnonymous = wanted.number === anonymousNumber;
    const caller = { number: wanted.number, name: isAnonymous ? '' : (wanted.name ?? '') };
    const call = this.#exchange.open({
      direction: 'inbound',
      caller,
      number: wanted.number,
      queueId: wanted.queue,
    });
    this.#exchange.seat(call, 'far', this.#person(wanted));
    const queue = wanted.queue ?? null;
    events.emit('callEntered', { callRef: call.ref, atMs: clock.now(), ...caller, queue });
    if (wanted.direct) this.#ringDirectly(call, wanted.agent ?? '', wanted.patienceMs);
    else if (wanted.queue !== undefined) this.#wait(call, wanted.queue, wanted);
    return call.ref;
  }

  /** The caller hangs up, waiting or talking; false if there is no such call. */
  hangUp(callRef: string): boolean {
    const call = this.#exchange.call(callRef);
    if (!call) return false;
    this.#exchange.finish(call, call.answeredAtMs === undefined ? 'abandoned' : 'caller');
    return true;
  }

  #person(wanted: PlaceCall) {
    const { settings, random, voices } = this.#exchange.context;
    const language = wanted.language ?? languageOf(wanted.number);
    return this.#exchange.person({
      language,
      scenario: wanted.scenario ?? pick(random, voices.scenarios(language)),
      talkMs: wanted.talkMs ?? between(random, settings.timing.talkMs),
    });
  }

  #wait(call: Call, queueId: string, wanted: PlaceCall): void {
    const { settings, random } = this.#exchange.context;
    this.#waitingRoom.enter(call, {
      queueId,
      patienceMs: wanted.patienceMs ?? between(random, settings.timing.patienceMs),
      onlyExtension: wanted.agent,
    });
  }

  #ringDirectly(call: Call, extension: string, patienceMs: number | undefined): void {
    const { clock, events } = this.#exchange.context;
    const agent = this.#exchange.agents.find(extension);
    if (!agent) return;
    call.state = 'ringing';
    const cancelPatience =
      patienceMs === undefined
        ? () => undefined
        : clock.after(patienceMs, () => this.#exchange.finish(call, 'abandoned'));
    this.#exchange.ring(agent, call, (result) => {
      cancelPatience();
      if (call.state === 'ended') {
        if (result.kind === 'answered') result.leg.hangUp();
        return;
      }
      if (result.kind === 'answered') {
        this.#exchange.seat(call, 'near', result.leg);
        this.#exchange.connect(call);
        this.#exchange.answered(call, extension);
        return;
      }
      events.emit('callDeclined', {
        callRef: call.ref,
        atMs: clock.now(),
        extension,
        ...(result.kind === 'refused'
          ? { cause: 'refused', statusCode: result.statusCode }
          : { cause: 'unanswered' }),
      });
      this.#exchange.finish(call, 'pbx');
    });
  }
}
