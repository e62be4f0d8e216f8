import { v7 as uuidv7 } from 'uuid';
import type { ListenMode } from '#shared/domain/calls/listening.ts';
import type { AgentLeg } from './agentLeg.ts';
import type { Hearer } from './bridge.ts';
import type { Call } from './call.ts';
import type { RingResult } from './deskLegs.ts';
import type { Endpoint } from './endpoint.ts';
import type { Exchange } from './exchange.ts';
import { autoAnswerHeaders } from './offerHeaders.ts';
import { Refusal } from './refusal.ts';

export interface ListenerSnapshot {
  id: string;
  supervisor: string;
  agent: string;
  callRef: string;
  mode: ListenMode;
  state: 'ringing' | 'on';
}

interface Listener {
  readonly id: string;
  readonly supervisor: string;
  readonly agent: string;
  readonly call: Call;
  beside: AgentLeg;
  mode: ListenMode;
  leg: AgentLeg | undefined;
  hearer: Hearer | undefined;
}

/** Supervisors who listen in: their desk is rung and let into the call of an agent. */
export class Listening {
  #exchange: Exchange;
  #listeners: Listener[] = [];

  constructor(exchange: Exchange) {
    this.#exchange = exchange;
    exchange.listen({
      ended: (call) => this.#endAll((listener) => listener.call === call),
      unseated: (call, end, next) => this.#unseated(call, end, next),
      legEnded: (leg) => this.#endAll((listener) => listener.leg === leg),
    });
  }

  get all(): ListenerSnapshot[] {
    return this.#listeners.map(({ id, supervisor, agent, call, mode, hearer }) => ({
      id,
      supervisor,
      agent,
      callRef: call.ref,
      mode,
      state: hearer ? 'on' : 'ringing',
    }));
  }

  /** Rings the supervisor, or changes the mode where they are with that agent already. */
  start(
    supervisorExtension: string,
    agentExtension: string,
    mode: ListenMode,
  ): { id: string; isNew: boolean } | Refusal {
    const { agents } = this.#exchange;
    const supervisor = agents.find(supervisorExtension);
    const agent = agents.find(agentExtension);
    if (!supervisor || !agent) return new Refusal(404, 'no such extension');
    const known = this.#listeners.find(
      (listener) =>
        listener.supervisor === supervisorExtension && listener.agent === agentExtension,
    );
    if (known) {
      this.setMode(known.id, mode);
      return { id: known.id, isNew: false };
    }
    const beside = this.#talking(agentExtension);
    const call = beside && this.#exchange.callOf(beside);
    const { connection } = supervisor;
    if (!call || supervisor === agent) return new Refusal(409, 'the agent is in no call');
    if (!connection?.isReachable) return new Refusal(409, 'the supervisor is not registered');
    const listener: Listener = {
      id: uuidv7(),
      supervisor: supervisorExtension,
      agent: agentExtension,
      call,
      beside,
      mode,
      leg: undefined,
      hearer: undefined,
    };
    this.#listeners.push(listener);
    listener.leg = this.#exchange.offer(
      supervisor,
      {
        connection,
        caller: { number: agentExtension, name: agent.account.name },
        headers: [
          `X-Call-Ref: listen-${listener.id}`,
          `X-Listen: ${agentExtension}`,
          ...autoAnswerHeaders,
        ],
      },
      (result) => this.#rung(listener, result),
    );
    this.#tell(listener, 'ringing');
    return { id: listener.id, isNew: true };
  }

  /** False if there is no such listener. */
  setMode(id: string, mode: ListenMode): boolean {
    const listener = this.#find(id);
    if (!listener) return false;
    if (listener.mode === mode) return true;
    listener.mode = mode;
    if (listener.hearer) listener.hearer.mode = mode;
    this.#tell(listener, listener.hearer ? 'on' : 'ringing');
    return true;
  }

  end(id: string): boolean {
    const listener = this.#find(id);
    if (listener) this.#end(listener);
    return listener !== undefined;
  }

  /** The supervisor has the call itself now. */
  endOf(supervisor: string, call: Call): void {
    this.#endAll((listener) => listener.supervisor === supervisor && listener.call === call);
  }

  #find(id: string): Listener | undefined {
    return this.#listeners.find((listener) => listener.id === id);
  }

  /** The agent's leg of a call that is up; one that is not on hold first. */
  #talking(extension: string): AgentLeg | undefined {
    const legs = [...(this.#exchange.agents.find(extension)?.legs ?? [])].filter(
      (leg) => leg.isAnswered && !leg.isOver && this.#exchange.callOf(leg)?.state === 'talking',
    );
    return legs.find((leg) => !leg.media.isHeld) ?? legs[0];
  }

  #rung(listener: Listener, result: RingResult): void {
    const isWanted = this.#listeners.includes(listener);
    if (result.kind !== 'answered') {
      if (isWanted) this.#end(listener);
      return;
    }
    if (!isWanted) {
      result.leg.hangUp();
      return;
    }
    listener.hearer = { end: result.leg, beside: listener.beside, mode: listener.mode };
    listener.call.admit(listener.hearer);
    this.#tell(listener, 'on');
  }

  /** The agent's desk repaired its audio with a new leg, or the agent is no longer part of the call. */
  #unseated(call: Call, end: Endpoint, next: Endpoint | undefined): void {
    for (const listener of this.#listeners.filter((known) => known.beside === end)) {
      const leg = call.legs.find((known) => known === next);
      if (leg?.extension !== listener.agent) this.#end(listener);
      else {
        listener.beside = leg;
        if (listener.hearer) listener.hearer.beside = leg;
      }
    }
  }

  #endAll(isMeant: (listener: Listener) => boolean): void {
    for (const listener of this.#listeners.filter(isMeant)) this.#end(listener);
  }

  #end(listener: Listener): void {
    this.#listeners = this.#listeners.filter((known) => known !== listener);
    if (listener.hearer) listener.call.dismiss(listener.hearer);
    listener.leg?.hangUp();
    this.#tell(listener, 'ended');
  }

  #tell(listener: Listener, state: 'ringing' | 'on' | 'ended'): void {
    const { id, supervisor, agent, mode, call } = listener;
    const { clock, events } = this.#exchange.context;
    const atMs = clock.now();
    events.emit('listenerChanged', {
      callRef: call.ref,
      atMs,
      id,
      supervisor,
      agent,
      mode,
      state,
    });
  }
}
