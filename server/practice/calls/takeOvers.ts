import { AgentLeg } from './agentLeg.ts';
import type { Call } from './call.ts';
import type { RingResult } from './deskLegs.ts';
import type { Exchange } from './exchange.ts';
import type { Listening } from './listening.ts';
import { autoAnswerHeaders } from './offerHeaders.ts';
import { Refusal } from './refusal.ts';

/** A supervisor takes a call over from its agent, who keeps it until the supervisor's desk has answered. */
export class TakeOvers {
  #exchange: Exchange;
  #listening: Listening;

  constructor(exchange: Exchange, listening: Listening) {
    this.#exchange = exchange;
    this.#listening = listening;
  }

  /** Undefined where the supervisor's desk is rung now. */
  start(call: Call, extension: string): Refusal | undefined {
    const supervisor = this.#exchange.agents.find(extension);
    const from = agentLegOf(call);
    if (!supervisor) return new Refusal(404, 'no such extension');
    if (call.state !== 'talking' || !from) return new Refusal(409, 'no agent has this call');
    if (call.ringing) return new Refusal(409, 'the call is being passed on already');
    if (call.legs.some((leg) => leg.extension === extension)) {
      return new Refusal(409, 'the call is at this extension already');
    }
    if (!supervisor.connection?.isReachable) {
      return new Refusal(409, 'the supervisor is not registered');
    }
    const by = call.transferredBy;
    call.transferredBy = from.extension;
    this.#exchange.ring(
      supervisor,
      call,
      (result) => {
        if (result.kind !== 'answered') call.transferredBy = by;
        this.#rung(call, from, result);
      },
      { headers: autoAnswerHeaders },
    );
    return undefined;
  }

  #rung(call: Call, from: AgentLeg, result: RingResult): void {
    if (result.kind !== 'answered') return;
    const current = from.isOver ? agentLegOf(call) : from;
    if (call.state !== 'talking' || !current) {
      result.leg.hangUp();
      return;
    }
    const { extension } = result.leg;
    this.#listening.endOf(extension, call);
    this.#exchange.unseat(current, result.leg);
    this.#exchange.chronicle.left(current, 'system');
    current.hangUp();
    this.#exchange.connect(call);
    this.#exchange.answered(call, extension);
    const { clock, events } = this.#exchange.context;
    const of = { callRef: call.ref, atMs: clock.now() };
    events.emit('callMoved', { ...of, from: current.extension, to: extension });
  }
}

/** Who of the centre talks in this call; the one near to it first. */
export function agentLegOf(call: Call): AgentLeg | undefined {
  return [call.near, call.far].find((end) => end instanceof AgentLeg);
}
